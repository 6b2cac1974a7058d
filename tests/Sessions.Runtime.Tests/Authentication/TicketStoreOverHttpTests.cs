using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.Tests.Authentication;

/// <summary>Tickets in sessions, with cookies that hold a key alone.</summary>
public sealed class TicketStoreOverHttpTests
{
    private const string Cookie = ".AspNetCore.Cookies";
    private readonly CookieJar _jar = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_users_sign_ins_are_listed_and_each_knows_its_own(bool authenticationFirst)
    {
        await using var app = await StartAsync(authenticationFirst);
        var other = new CookieJar();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await other.GetAsync(app, "/sign-in?user=ann");

        var sessions = await ListAsync(app, "ann");

        Assert.Equal([(await _jar.GetAsync(app, "/handle")).Body, (await other.GetAsync(app, "/handle")).Body], sessions.Select(session => session.Handle));
        Assert.Equal(app.Time.GetUtcNow(), sessions[1].CreatedAt);
        Assert.Equal(app.Time.GetUtcNow() + TimeSpan.FromHours(1), sessions[1].ExpiresAt, TimeSpan.FromSeconds(1));
        Assert.Empty(await ListAsync(app, "bob"));
    }

    [Fact]
    public async Task One_that_is_ended_is_anonymous_from_the_next_request_on()
    {
        await using var app = await StartAsync();
        var other = new CookieJar();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await other.GetAsync(app, "/sign-in?user=ann");

        Assert.Equal("True", (await _jar.GetAsync(app, $"/end?handle={(await other.GetAsync(app, "/handle")).Body}")).Body);

        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Equal("anonymous", (await other.GetAsync(app, "/who")).Body);
        Assert.Single(await ListAsync(app, "ann"));
    }

    [Fact]
    public async Task All_others_are_ended_in_one_call()
    {
        await using var app = await StartAsync();
        var others = new[] { new CookieJar(), new CookieJar(), new CookieJar() };
        foreach (var jar in others.Append(_jar))
            await jar.GetAsync(app, "/sign-in?user=ann");

        Assert.Equal("3", (await _jar.GetAsync(app, "/end-others")).Body);

        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        foreach (var jar in others)
            Assert.Equal("anonymous", (await jar.GetAsync(app, "/who")).Body);
    }

    [Fact]
    public async Task A_sign_out_ends_the_ticket_for_a_copied_cookie_too()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        var copy = _jar.Copy();

        await _jar.GetAsync(app, "/sign-out");

        Assert.Equal("anonymous", (await copy.GetAsync(app, "/who")).Body);
        Assert.Empty(await ListAsync(app, "ann"));
    }

    [Theory]
    [InlineData("/sign-in?user=bob")]
    [InlineData("/switch?user=bob")]
    [InlineData("/sign-in-twice?user=bob")]
    public async Task A_sign_in_over_another_one_has_a_key_of_its_own(string path)
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        var copy = _jar.Copy();

        await _jar.GetAsync(app, path);

        Assert.Equal("bob", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Equal("anonymous", (await copy.GetAsync(app, "/who")).Body);
        Assert.Empty(await ListAsync(app, "ann"));
        Assert.Equal((await _jar.GetAsync(app, "/handle")).Body, Assert.Single(await ListAsync(app, "bob")).Handle);

        await _jar.GetAsync(app, "/sign-out");
        Assert.Empty(await ListAsync(app, "bob"));
    }

    [Fact]
    public async Task A_sign_in_and_a_sign_out_in_one_request_leave_nothing()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");

        await _jar.GetAsync(app, "/sign-in-out?user=bob");

        Assert.DoesNotContain(Cookie, _jar.Names);
        Assert.Empty(await ListAsync(app, "ann"));
        Assert.Empty(await ListAsync(app, "bob"));
    }

    [Fact]
    public async Task A_sliding_renewal_moves_the_expiry_under_the_same_key()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        var before = Assert.Single(await ListAsync(app, "ann"));
        app.Time.Advance(TimeSpan.FromMinutes(40));

        await _jar.GetAsync(app, "/who");

        var after = Assert.Single(await ListAsync(app, "ann"));
        Assert.Equal((before.Handle, before.CreatedAt), (after.Handle, after.CreatedAt));
        Assert.Equal(before.ExpiresAt + TimeSpan.FromMinutes(40), after.ExpiresAt, TimeSpan.FromSeconds(1));
        app.Time.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        app.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Empty(await ListAsync(app, "ann"));
    }

    [Fact]
    public async Task A_renewal_that_is_late_revives_nothing()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        app.Time.Advance(TimeSpan.FromMinutes(40));

        // The request has read its ticket, and renews it as the response starts.
        await _jar.GetAsync(app, "/end-all");

        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Empty(await ListAsync(app, "ann"));
    }

    [Fact]
    public async Task While_the_store_is_gone_an_endpoint_that_does_without_it_serves_an_anonymous_visitor()
    {
        var cache = new TestCache(new TestCacheServer(TimeProvider.System));
        await using var app = await SignInApp.StartAsync(
            sessions: sessions => sessions.StoreInCache().AddTicketStore(),
            services: services => services.AddSingleton<IDistributedCache>(cache),
            map: app => app.MapGet("/empty/who", (HttpContext context) => context.User.Identity?.Name ?? "anonymous")
                .WithSessionFaultPolicy(SessionFaultPolicy.ReadOnlyEmpty));
        await _jar.GetAsync(app, "/sign-in?user=ann");

        cache.Before = _ => throw new TimeoutException();
        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/empty/who")).Body);
        Assert.Equal(503, (await _jar.GetAsync(app, "/who")).Status);

        cache.Before = _ => Task.CompletedTask;
        Assert.Equal("ann", (await _jar.GetAsync(app, "/empty/who")).Body);
    }

    [Fact]
    public async Task No_key_is_in_a_log_or_opens_a_session()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        var options = app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var key = options.TicketDataFormat.Unprotect(_jar[Cookie])!.Principal.Claims.Single().Value;

        Assert.True(SessionId.TryParse(key, out _));
        Assert.True((await app.GetAsync("/get", key)).DeletesCookie);
        Assert.DoesNotContain(key, app.LogText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_that_clients_keep_cannot_hold_tickets()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => SignInApp.StartAsync(sessions: sessions => sessions.StoreInCookies().AddTicketStore()));

        Assert.Contains("AddTicketStore()", error.Message, StringComparison.Ordinal);
        Assert.Contains("StoreInCookies()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheme_with_a_store_of_its_own_keeps_it()
    {
        await using var app = await SignInApp.StartAsync(
            configure: cookie => cookie.SessionStore = new NoTickets(), sessions: sessions => sessions.AddTicketStore());
        await _jar.GetAsync(app, "/sign-in?user=ann");

        Assert.Empty(await ListAsync(app, "ann"));
        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/who")).Body);
    }

    private static Task<TestApp> StartAsync(bool authenticationFirst = false) => SignInApp.StartAsync(
        authenticationFirst,
        configure: cookie => cookie.ExpireTimeSpan = TimeSpan.FromHours(1),
        map: Map,
        sessions: sessions => sessions.AddTicketStore());

    private static void Map(WebApplication app)
    {
        app.MapGet("/handle", async (HttpContext context, CancellationToken _) => SessionTicketStore.HandleOf((await context.AuthenticateAsync()).Properties));
        app.MapGet("/end", async (SessionTicketStore tickets, string handle) => (await tickets.EndAsync("ann", handle)).ToString());
        app.MapGet("/end-all", async (SessionTicketStore tickets) => (await tickets.EndAllAsync("ann")).ToString());
        app.MapGet("/end-others", async (HttpContext context, SessionTicketStore tickets) =>
            (await tickets.EndAllAsync("ann", SessionTicketStore.HandleOf((await context.AuthenticateAsync()).Properties))).ToString());
        app.MapGet("/sign-in-twice", async (HttpContext context, string user) =>
        {
            await context.SignInAsync(SignInEndpoints.Principal("carl"));
            await context.SignInAsync(SignInEndpoints.Principal(user));
        });
        app.MapGet("/sign-in-out", async (HttpContext context, string user) =>
        {
            await context.SignInAsync(SignInEndpoints.Principal(user));
            await context.SignOutAsync();
        });
    }

    private static async Task<IReadOnlyList<UserSession>> ListAsync(TestApp app, string user) =>
        await app.Services.GetRequiredService<SessionTicketStore>().ListAsync(user, TestContext.Current.CancellationToken);

    /// <summary>A ticket store that forgets.</summary>
    private sealed class NoTickets : ITicketStore
    {
        public Task<string> StoreAsync(AuthenticationTicket ticket) => Task.FromResult("key");

        public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

        public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult<AuthenticationTicket?>(null);

        public Task RemoveAsync(string key) => Task.CompletedTask;
    }
}
