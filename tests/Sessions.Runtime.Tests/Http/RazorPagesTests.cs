using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Sessions in Razor Pages: by handler parameter, bound property, constructor and <c>@inject</c>.</summary>
public sealed class RazorPagesTests : IAsyncLifetime
{
    private readonly CountingStore _store = new() { RefusesSyncLoads = true };
    private TestApp _app = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            app => app.MapRazorPages(),
            sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => _store),
            services: services => services.AddRazorPages(options => options.RootDirectory = "/Http/Pages"));
        _id = await _app.StoreSessionAsync("Count", 6);
        _store.Reset();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/pages/visits", "injected")]
    [InlineData("/pages/visits?handler=constructed", "constructed")]
    [InlineData("/pages/visits?handler=bound", "bound")]
    [InlineData("/pages/visits?handler=parameter", "parameter")]
    public async Task Every_way_reads_the_session_that_was_loaded_asynchronously_and_writes_nothing(string path, string way)
    {
        Assert.Equal($"{way}: visit 6, of 6", (await _app.GetAsync(path, _id)).Body.Trim());

        Assert.Equal((1, 0, 0), (_store.AsyncLoads, _store.Writes, _store.Renewals));
    }

    [Fact]
    public async Task What_one_way_writes_the_others_see()
    {
        Assert.Equal("written: visit 7, of 7", (await _app.GetAsync("/pages/visits?handler=write", _id)).Body.Trim());
        Assert.Equal("injected: visit 7, of 7", (await _app.GetAsync("/pages/visits", _id)).Body.Trim());
    }
}
