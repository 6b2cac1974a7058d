using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Sessions in Blazor components that the server renders once.</summary>
public sealed class BlazorTests : IAsyncLifetime
{
    private readonly CountingStore _store = new() { RefusesSyncLoads = true };
    private TestApp _app = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            app =>
            {
                app.UseAntiforgery();
                app.MapRazorComponents<Components.App>();
            },
            sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => _store),
            services: services => services.AddRazorComponents());
        _id = await _app.StoreSessionAsync("Count", 6);
        _store.Reset();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_component_that_requires_the_session_reads_it_and_writes_nothing()
    {
        Assert.Contains("<p>visit 6, of 6</p>", (await _app.GetAsync("/components/visits", _id)).Body, StringComparison.Ordinal);

        Assert.Equal((1, 0, 0), (_store.AsyncLoads, _store.Writes, _store.Renewals));
    }

    [Fact]
    public async Task What_a_component_writes_is_saved_before_the_answer()
    {
        Assert.Contains("<p>visit 8, of 8</p>", (await _app.GetAsync("/components/visits?add=2", _id)).Body, StringComparison.Ordinal);
        Assert.Contains("<p>visit 8, of 8</p>", (await _app.GetAsync("/components/visits", _id)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_components_require_the_session_the_circuits_connection_does()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.UseAntiforgery();
                app.MapRazorComponents<Components.App>().AddInteractiveServerRenderMode().RequireSession();
            },
            services: services => services.AddRazorComponents().AddInteractiveServerComponents());

        var connections = app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>() is not null).ToList();

        Assert.NotEmpty(connections);
        Assert.All(connections, connection => Assert.NotNull(connection.Metadata.GetMetadata<RequireSessionAttribute>()));
    }

    [Fact]
    public async Task A_new_visitor_gets_the_cookie()
    {
        var answer = await _app.GetAsync("/components/visits?add=1");

        Assert.Contains("<p>visit 1, of 1</p>", (await _app.GetAsync("/components/visits", answer.Id)).Body, StringComparison.Ordinal);
    }
}
