using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Sessions in MVC, over a store that cannot load synchronously.</summary>
public sealed class MvcBindingTests : IAsyncLifetime
{
    private readonly CountingStore _store = new() { RefusesSyncLoads = true };
    private TestApp _app = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            app =>
            {
                app.MapControllers();
                app.MapGroup("/group").RequireSession().MapGet("/session", (Session session) => $"visit {session.Get<int>("Count")}");
            },
            sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => _store),
            services: services => services.AddControllersWithViews().AddApplicationPart(typeof(VisitController).Assembly));
        _id = await _app.StoreSessionAsync("Count", 6);
        _store.Reset();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/required/shape")]
    [InlineData("/required/session")]
    [InlineData("/required/component")]
    [InlineData("/group/session")]
    public async Task Where_the_session_is_required_it_is_loaded_once_asynchronously_and_not_written(string path)
    {
        Assert.Equal("visit 6", (await _app.GetAsync(path, _id)).Body);

        Assert.Equal((1, 0, 0), (_store.AsyncLoads, _store.Writes, _store.Renewals));
    }

    [Theory]
    [InlineData("/mvc/parameter")]
    [InlineData("/mvc/session")]
    [InlineData("/mvc/constructor")]
    [InlineData("/mvc/property")]
    public async Task What_is_bound_by_FromSession_is_loaded_asynchronously(string path)
    {
        Assert.Equal("visit 7", (await _app.GetAsync(path, _id)).Body);

        Assert.Equal((1, 1), (_store.AsyncLoads, _store.Writes));
    }
}
