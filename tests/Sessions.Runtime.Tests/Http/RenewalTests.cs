using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Http;

/// <summary>When requests prolong a session, and by how much.</summary>
public sealed class RenewalTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(20);

    private readonly CountingStore _store = new();

    [Fact]
    public async Task Reading_prolongs_nothing_unless_asked_for()
    {
        await using var app = await StartAsync(_ => { });
        var id = (await app.GetAsync("/write")).Id!;
        app.Time.Advance(Age * 0.6);
        Assert.Empty((await app.GetAsync("/read", id)).SetCookies);
        app.Time.Advance(Age * 0.6);

        Assert.Equal("0", (await app.GetAsync("/read", id)).Body);
        Assert.Equal(0, _store.Renewals);
    }

    [Fact]
    public async Task A_sliding_session_is_renewed_once_a_tenth_of_its_time_has_passed()
    {
        await using var app = await StartAsync(options => options.SlidingExpiration = true);
        var id = (await app.GetAsync("/write")).Id!;

        app.Time.Advance(Age * 0.1);
        Assert.Empty((await app.GetAsync("/read", id)).SetCookies);
        Assert.Equal(0, _store.Renewals);

        app.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await app.GetAsync("/read", id);
        Assert.Equal(id, answer.Id);
        Assert.Contains("max-age=1200", answer.SessionCookie, StringComparison.Ordinal);
        Assert.Equal("Cookie", answer.Vary);
        Assert.Empty((await app.GetAsync("/read", id)).SetCookies);
        Assert.Equal((1, 1), (_store.Renewals, _store.Writes));
    }

    [Fact]
    public async Task A_sliding_session_lives_as_long_as_it_is_used_and_no_longer_than_the_ceiling()
    {
        await using var app = await StartAsync(options => (options.SlidingExpiration, options.AbsoluteTimeout) = (true, Age * 2));
        var id = (await app.GetAsync("/write")).Id!;
        for (var used = 0; used < 3; used++)
        {
            app.Time.Advance(Age * 0.6);
            Assert.Equal("1", (await app.GetAsync("/read", id)).Body);
        }

        Assert.Equal(2, _store.Renewals);   // the third time the ceiling leaves nothing to add
        app.Time.Advance(Age * 0.2);
        Assert.Equal("0", (await app.GetAsync("/read", id)).Body);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0)]
    public async Task The_threshold_can_be_set(double threshold, int renewals)
    {
        await using var app = await StartAsync(options => (options.SlidingExpiration, options.RenewalThreshold) = (true, threshold));
        var id = (await app.GetAsync("/write")).Id!;
        app.Time.Advance(Age * 0.4);

        await app.GetAsync("/read", id);

        Assert.Equal(renewals, _store.Renewals);
    }

    [Fact]
    public async Task An_untouched_session_makes_no_call()
    {
        await using var app = await StartAsync(options => options.SlidingExpiration = true);
        var id = (await app.GetAsync("/write")).Id!;
        _store.Reset();
        app.Time.Advance(Age * 0.6);

        Assert.Empty((await app.GetAsync("/untouched", id)).SetCookies);

        Assert.Equal((0, 0, 0), (_store.SyncLoads, _store.AsyncLoads, _store.Renewals));
    }

    [Theory]
    [InlineData("/poll", true, false)]
    [InlineData("/poll", false, true)]
    [InlineData("/poll-untouched", true, false)]
    [InlineData("/poll-write", false, false)]
    [InlineData("/poll-write", true, false)]
    public async Task What_a_page_polls_prolongs_nothing(string path, bool everyRequest, bool sliding)
    {
        await using var app = await StartAsync(options => (options.SaveEveryRequest, options.SlidingExpiration) = (everyRequest, sliding));
        var id = (await app.GetAsync("/write")).Id!;
        app.Time.Advance(Age * 0.6);

        var answer = await app.GetAsync(path, id);

        Assert.Equal(200, answer.Status);
        Assert.Equal(0, _store.Renewals);
        if (path == "/poll-write")
            Assert.Contains("max-age=480", answer.SessionCookie, StringComparison.Ordinal);   // what is left
        app.Time.Advance(Age * 0.39);
        Assert.NotEqual("0", (await app.GetAsync("/poll", id)).Body);
        app.Time.Advance(Age * 0.02);
        Assert.Equal("0", (await app.GetAsync("/poll", id)).Body);
    }

    [Fact]
    public async Task An_expiry_that_a_polled_endpoint_sets_counts()
    {
        await using var app = await StartAsync(_ => { });
        var id = (await app.GetAsync("/write")).Id!;

        await app.GetAsync("/poll-expiry", id);
        app.Time.Advance(Age * 2);

        Assert.Equal("1", (await app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task An_endpoint_has_an_idle_time_of_its_own()
    {
        await using var app = await StartAsync(_ => { });
        var answer = await app.GetAsync("/admin-write");
        Assert.Contains("max-age=300", answer.SessionCookie, StringComparison.Ordinal);

        app.Time.Advance(TimeSpan.FromMinutes(4));
        await app.GetAsync("/admin-write", answer.Id);
        app.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("2", (await app.GetAsync("/read", answer.Id)).Body);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("0", (await app.GetAsync("/read", answer.Id)).Body);
    }

    [Fact]
    public async Task A_session_s_own_expiry_goes_before_the_endpoint_s()
    {
        await using var app = await StartAsync(_ => { });
        var id = (await app.GetAsync("/write")).Id!;
        await app.GetAsync("/poll-expiry", id);

        Assert.Contains("max-age=7200", (await app.GetAsync("/admin-write", id)).SessionCookie, StringComparison.Ordinal);
    }

    private Task<TestApp> StartAsync(Action<TypedSessionOptions> configure) => TestApp.StartAsync(
        Map,
        options =>
        {
            options.CookieAge = Age;
            configure(options);
        },
        sessions => sessions.AddStore("counting", _ => _store));

    private static void Map(WebApplication app)
    {
        static string Read(HttpContext context) => context.GetSession().Get<int>("n").ToString();
        static void Write(HttpContext context) => context.GetSession().Set("n", context.GetSession().Get<int>("n") + 1);

        app.MapGet("/untouched", () => "");
        app.MapGet("/read", Read);
        app.MapGet("/write", Write);
        app.MapGet("/poll", Read).WithoutSessionRenewal();
        app.MapGet("/poll-untouched", () => "").WithoutSessionRenewal();
        app.MapGet("/poll-write", Write).WithoutSessionRenewal();
        app.MapGet("/poll-expiry", (HttpContext context) => context.GetSession().SetExpiry(TimeSpan.FromHours(2))).WithoutSessionRenewal();
        app.MapGet("/admin-write", Write).WithSessionIdleTime(TimeSpan.FromMinutes(5));
    }
}
