using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>The ways in which a handler gets at the session.</summary>
public sealed class BindingTests
{
    [Theory]
    [InlineData("/shape")]
    [InlineData("/shape-injected")]
    [InlineData("/session-injected")]
    [InlineData("/context")]
    [InlineData("/mvc/parameter")]
    [InlineData("/mvc/session")]
    [InlineData("/mvc/constructor")]
    [InlineData("/mvc/property")]
    public async Task Every_way_reaches_the_same_session(string path)
    {
        await using var app = await StartAsync(new CountingStore());
        var id = (await app.GetAsync("/context")).Id!;

        Assert.Equal("visit 2", (await app.GetAsync(path, id)).Body);
        Assert.Equal("visit 3", (await app.GetAsync("/context", id)).Body);
    }

    [Theory]
    [InlineData("/shape")]
    [InlineData("/required")]
    [InlineData("/mvc/parameter")]
    [InlineData("/mvc/session")]
    [InlineData("/mvc/property")]
    public async Task Bound_parameters_and_required_sessions_load_asynchronously(string path)
    {
        var store = new CountingStore();
        await using var app = await StartAsync(store);
        var id = (await app.GetAsync("/context")).Id!;
        store.Reset();

        await app.GetAsync(path, id);

        Assert.Equal((0, 1), (store.SyncLoads, store.AsyncLoads));
    }

    [Fact]
    public async Task The_first_touch_otherwise_loads_through_the_synchronous_path()
    {
        var store = new CountingStore();
        await using var app = await StartAsync(store);
        var id = (await app.GetAsync("/context")).Id!;
        store.Reset();

        await app.GetAsync("/context", id);

        Assert.Equal((1, 0), (store.SyncLoads, store.AsyncLoads));
    }

    [Fact]
    public async Task A_required_session_that_is_not_used_is_no_access()
    {
        await using var app = await StartAsync(new CountingStore());
        var id = (await app.GetAsync("/context")).Id!;

        var live = await app.GetAsync("/required", id);
        var dead = await app.GetAsync("/required", new string('a', 32));

        Assert.Null(live.Vary);
        Assert.Empty(live.SetCookies);
        Assert.True(dead.DeletesCookie);
    }

    [Fact]
    public async Task Without_the_middleware_the_error_says_what_to_call()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new DefaultHttpContext().GetSession());
        Assert.Contains("UseTypedSessions", error.Message, StringComparison.Ordinal);

        var builder = WebApplication.CreateBuilder();
        await using var app = builder.Build();
        error = Assert.Throws<InvalidOperationException>(() => app.UseTypedSessions());
        Assert.Contains("AddTypedSessions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_a_request_an_injected_session_says_where_to_get_one()
    {
        await using var app = await StartAsync(new CountingStore());
        using var scope = app.Services.CreateScope();

        var error = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<Session>());

        Assert.Contains(nameof(SessionManager), error.Message, StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync(CountingStore store) => TestApp.StartAsync(
        app =>
        {
            app.MapGet("/shape", (VisitSession visit) => $"visit {++visit.Count}");
            app.MapGet("/shape-injected", ([Microsoft.AspNetCore.Mvc.FromServices] VisitSession visit) => $"visit {++visit.Count}");
            app.MapGet("/session-injected", (Session session) => $"visit {++new VisitSession(session).Count}");
            app.MapGet("/context", (HttpContext context) => $"visit {++new VisitSession(context.GetSession()).Count}");
            app.MapGet("/required", () => "").RequireSession();
            app.MapControllers();
        },
        sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => store),
        services: services => services.AddControllers().AddApplicationPart(typeof(VisitController).Assembly));
}
