using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>What an endpoint asks of the store, by the shapes that its handler takes.</summary>
public sealed class EndpointKeysTests : IAsyncLifetime
{
    private readonly CountingStore _store = new();
    private TestApp _app = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => _store));
        _id = (await _app.GetAsync("/begin")).Id!;
        _store.Reset();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/one", "Count,Name")]
    [InlineData("/two", "Count,Name,profile.Age,profile.Email,mail")]
    [InlineData("/members", "Count,Name,profile.Age,profile.Email,mail")]
    [InlineData("/extended", null)]
    [InlineData("/with-context", null)]
    [InlineData("/with-session", null)]
    [InlineData("/required", null)]
    public async Task The_store_is_asked_once_for_the_keys_of_all_the_shapes(string path, string? keys)
    {
        for (var request = 0; request < 2; request++)
        {
            _store.Reset();
            Assert.Equal(200, (await _app.GetAsync(path, _id)).Status);

            Assert.Equal((0, 1), (_store.SyncLoads, _store.AsyncLoads));
            Assert.Equal(keys?.Split(',').Order(), _store.LastKeys?.Order());
        }
    }

    internal sealed record Both(VisitSession Visit, ProfileSession Profile);

    private static void Map(WebApplication app)
    {
        app.MapGet("/members", ([AsParameters] Both both) => $"{both.Visit.Count} {both.Profile.Age} {both.Profile.Email}");
        app.MapGet("/extended", (ExtendedVisitSession visit) => $"{visit.Count} {visit.Extra}");
        app.MapGet("/begin", (HttpContext context) => context.GetSession().Set("Count", 1));
        app.MapGet("/one", (VisitSession visit) => visit.Count.ToString());
        app.MapGet("/two", (VisitSession visit, ProfileSession profile, ILoggerFactory _) => $"{visit.Count} {profile.Age} {profile.Email}");
        app.MapGet("/with-context", (VisitSession visit, HttpContext context) => $"{visit.Count} {context.GetSession().Get<int>("other")}");
        app.MapGet("/with-session", (VisitSession visit, Session session) => $"{visit.Count} {session.Get<int>("other")}");
        app.MapGet("/required", (VisitSession visit) => visit.Count.ToString()).RequireSession();
    }
}
