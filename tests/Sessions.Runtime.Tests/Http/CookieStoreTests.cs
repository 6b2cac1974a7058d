using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>Sessions that the clients keep.</summary>
public sealed class CookieStoreTests
{
    private const int MaxCookieBytes = 4000;
    private readonly EphemeralDataProtectionProvider _keys = new();

    [Fact]
    public async Task A_session_lives_in_its_cookies_and_shows_nothing_of_itself()
    {
        await using var app = await StartAsync();
        var jar = new CookieJar();

        await jar.GetAsync(app, "/set?key=secret&length=20");
        var read = await jar.GetAsync(app, "/keys");
        var untouched = await jar.GetAsync(app, "/untouched");

        Assert.Equal("secret:20", read.Body);
        Assert.Equal(["sessionid"], jar.Names);
        Assert.DoesNotContain("secret", jar.Header, StringComparison.Ordinal);
        Assert.Empty(read.SetCookies);
        Assert.Empty(untouched.SetCookies);
        Assert.Null(untouched.Vary);
    }

    [Fact]
    public async Task A_large_session_takes_several_cookies_and_gives_back_those_that_it_needs_no_more()
    {
        await using var app = await StartAsync();
        var jar = new CookieJar();

        Assert.All((await jar.GetAsync(app, "/set?key=a&length=12000")).SetCookies, cookie => Assert.InRange(cookie.Length, 1, MaxCookieBytes));
        var large = jar.Names.Count;
        Assert.Equal("a:12000", (await jar.GetAsync(app, "/keys")).Body);

        await jar.GetAsync(app, "/set?key=b&length=100");
        Assert.Equal("a:12000,b:100", (await jar.GetAsync(app, "/keys")).Body);
        await jar.GetAsync(app, "/set?key=a&length=10");
        Assert.Equal("a:10,b:100", (await jar.GetAsync(app, "/keys")).Body);

        Assert.InRange(large, 4, 6);
        Assert.Equal(["sessionid"], jar.Names);
    }

    [Fact]
    public async Task Every_size_up_to_the_last_that_fits_comes_back_whole()
    {
        await using var app = await StartAsync(cookies: options => options.MaxCookies = 3);
        var jar = new CookieJar();
        var largest = 0;
        for (var length = 1; length < 12_000; length += 97)
        {
            var answer = await jar.GetAsync(app, $"/set?key=a&length={length}");
            if (answer.Status != 200)
                break;
            largest = length;
            Assert.All(answer.SetCookies, cookie => Assert.InRange(cookie.Length, 1, MaxCookieBytes));
            Assert.Equal($"a:{length}", (await jar.GetAsync(app, "/keys")).Body);
        }

        Assert.InRange(largest, 7000, 9000);
        Assert.Equal(3, jar.Names.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_the_cookies_hold_is_a_clear_error_and_the_session_stays(bool compress)
    {
        await using var app = await StartAsync(cookies: options => options.Compress = compress);
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=10");

        var answer = await jar.GetAsync(app, "/set?key=b&length=60000");

        Assert.Equal(500, answer.Status);
        var error = Assert.IsType<SessionTooLargeException>(Assert.Single(app.Logs.GetSnapshot(), record => record.Exception is not null).Exception);
        Assert.Contains("MaxCookies", error.Message, StringComparison.Ordinal);
        Assert.Equal("a:10", (await jar.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task Compression_is_off_unless_asked_for()
    {
        Assert.Equal(3, await CookiesOfEvenTextAsync(compress: false));
        Assert.Equal(1, await CookiesOfEvenTextAsync(compress: true));

        async Task<int> CookiesOfEvenTextAsync(bool compress)
        {
            await using var app = await StartAsync(cookies: options => options.Compress = compress);
            var jar = new CookieJar();
            await jar.GetAsync(app, "/set-even?length=7000");
            Assert.Equal("a:7000", (await jar.GetAsync(app, "/keys")).Body);
            return jar.Names.Count;
        }
    }

    [Fact]
    public async Task Signing_out_deletes_every_cookie_of_the_session()
    {
        await using var app = await StartAsync();
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=9000");

        var answer = await jar.GetAsync(app, "/flush");

        Assert.Empty(jar.Names);
        Assert.All(answer.SetCookies, cookie => Assert.Contains("path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal));
        Assert.Equal("", (await jar.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task A_rotation_gives_another_id_and_keeps_the_data()
    {
        await using var app = await StartAsync();
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=10");
        var old = jar["sessionid"];

        await jar.GetAsync(app, "/cycle");

        Assert.NotEqual(old[..SessionId.Length], jar["sessionid"][..SessionId.Length]);
        Assert.Equal("a:10", (await jar.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task The_servers_clock_decides_when_a_cookie_has_expired()
    {
        await using var app = await StartAsync();
        var (general, own) = (new CookieJar(), new CookieJar());
        await general.GetAsync(app, "/set?key=a&length=10");
        await own.GetAsync(app, "/set?key=a&length=10&minutes=5");

        app.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await own.GetAsync(app, "/keys")).DeletesCookie);
        Assert.Equal("a:10", (await general.GetAsync(app, "/keys")).Body);

        app.Time.Advance(TimeSpan.FromDays(14));
        Assert.Equal("", (await general.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task A_shorter_age_counts_from_the_moment_of_issue()
    {
        var jar = new CookieJar();
        await using (var app = await StartAsync())
            await jar.GetAsync(app, "/set?key=a&length=10");

        await using var stricter = await StartAsync(options => options.CookieAge = TimeSpan.FromHours(1));
        Assert.Equal("a:10", (await jar.Copy().GetAsync(stricter, "/keys")).Body);
        stricter.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("", (await jar.Copy().GetAsync(stricter, "/keys")).Body);
    }

    [Fact]
    public async Task Saving_every_request_issues_the_cookie_anew()
    {
        await using var app = await StartAsync(options => options.SaveEveryRequest = true);
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=10");

        app.Time.Advance(TimeSpan.FromDays(13));
        Assert.Single((await jar.GetAsync(app, "/untouched")).SetCookies);
        app.Time.Advance(TimeSpan.FromDays(13));

        Assert.Equal("a:10", (await jar.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task What_was_protected_for_another_cookie_or_application_or_key_ring_never_opens()
    {
        var jar = new CookieJar();
        await using (var app = await StartAsync())
            await jar.GetAsync(app, "/set?key=a&length=10");

        await using var otherName = await StartAsync(options => options.Cookie.Name = "other");
        Assert.Equal("", (await otherName.GetAsync("/keys", $"other={jar["sessionid"]}")).Body);
        await using var otherKeys = await StartAsync(keys: new EphemeralDataProtectionProvider());
        Assert.Equal("", (await otherKeys.GetAsync("/keys", jar.Header)).Body);
        var forged = _keys.CreateProtector("something else").Protect("{}"u8.ToArray());
        await using var same = await StartAsync();
        Assert.Equal("", (await same.GetAsync("/keys", $"sessionid={SessionId.New().Secret}-1-{Convert.ToBase64String(forged)}")).Body);
        Assert.Equal("a:10", (await same.GetAsync("/keys", jar.Header)).Body);
    }

    [Fact]
    public async Task A_bare_id_is_malformed_here()
    {
        await using var app = await StartAsync();

        Assert.True((await app.GetAsync("/untouched", SessionId.New().Secret)).DeletesCookie);
    }

    [Fact]
    public async Task A_write_that_can_no_longer_reach_the_client_is_an_error()
    {
        await using var app = await StartAsync();
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=10");

        Assert.Equal(nameof(InvalidOperationException), (await jar.GetAsync(app, "/late-write")).Body);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => jar.GetAsync(app, "/late-clear"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => jar.GetAsync(app, "/late-flush"));
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        Assert.Equal("a:10", (await jar.GetAsync(app, "/keys")).Body);
    }

    [Fact]
    public async Task A_sign_out_that_was_saved_stands_when_the_handler_fails_later()
    {
        await using var app = await TestApp.StartAsync(
            Map, sessions: sessions => sessions.StoreInCookies(), outside: app => app.UseExceptionHandler(page => page.Run(c => c.Response.WriteAsync("error"))));
        var jar = new CookieJar();
        await jar.GetAsync(app, "/set?key=a&length=10");

        Assert.Equal(500, (await jar.GetAsync(app, "/flush-then-fail")).Status);

        Assert.Empty(jar.Names);
    }

    [Fact]
    public async Task The_last_decision_of_a_request_leaves_no_cookie_of_an_earlier_one()
    {
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.StoreInCookies(), outside: app => app.Use(async (context, next) =>
        {
            await next(context);
            if (!context.Request.Query.ContainsKey("again"))
                return;
            context.Request.Path = "/flush";
            context.SetEndpoint(null);
            await next(context);
        }).UseRouting());
        var jar = new CookieJar();

        await jar.GetAsync(app, "/set?key=a&length=9000&again=1");

        Assert.Empty(jar.Names);
    }

    [Fact]
    public async Task Names_that_a_client_made_up_are_deleted_only_as_far_as_they_could_be_ours()
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync("/keys", "sessionid=x;" + string.Join(';', Enumerable.Range(1, 1500).Select(i => $"sessionid.{i}=")));

        Assert.InRange(answer.SetCookies.Count, 1, 50);
    }

    [Fact]
    public async Task Outside_of_a_request_the_error_says_why()
    {
        await using var app = await StartAsync();
        var session = app.Manager.Create();
        session.Set("a", 1);

        foreach (var call in new Func<Task>[]
        {
            () => session.SaveAsync(TestContext.Current.CancellationToken).AsTask(),
            () => app.Manager.OpenAsync(SessionId.New(), TestContext.Current.CancellationToken).AsTask(),
            () => app.Manager.DeleteAsync(SessionId.New(), TestContext.Current.CancellationToken).AsTask(),
        })
            Assert.Contains("StoreInCookies", (await Assert.ThrowsAsync<InvalidOperationException>(call)).Message, StringComparison.Ordinal);
        Assert.Equal(0, await app.Manager.ClearExpiredAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Configuration_can_choose_cookies_and_needs_nothing_else()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("Store", "cookies")]).Build();
        await using var app = await TestApp.StartAsync(Map, services: services => services.AddTypedSessions(section));
        var jar = new CookieJar();

        await jar.GetAsync(app, "/set?key=a&length=10");

        Assert.Equal("a:10", (await jar.GetAsync(app, "/keys")).Body);
        Assert.True(jar["sessionid"].Length > SessionId.Length);
    }

    internal static void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "");
        app.MapGet("/keys", (HttpContext context) => string.Join(',', context.GetSession().Items.Select(item => $"{item.Key}:{((string)item.Value!).Length}")));
        app.MapGet("/set", (HttpContext context, string key, int length, int? minutes) =>
        {
            context.GetSession().Set(key, Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(length))[..length]);
            if (minutes is not null)
                context.GetSession().SetExpiry(TimeSpan.FromMinutes(minutes.Value));
        });
        app.MapGet("/set-even", (HttpContext context, int length) => context.GetSession().Set("a", new string('x', length)));
        app.MapGet("/cycle", (HttpContext context) => context.GetSession().CycleId());
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
        app.MapGet("/late-write", async (HttpContext context) =>
        {
            context.GetSession().Get<string>("a");
            await context.Response.StartAsync();
            var error = Record.Exception(() => context.GetSession().Set("late", "x"));
            await context.Response.WriteAsync(error!.GetType().Name);
        });
        app.MapGet("/flush-then-fail", async (HttpContext context) =>
        {
            context.GetSession().Flush();
            await context.GetSession().SaveAsync();
            context.GetSession().Set("message", "signed out");
            throw new InvalidOperationException("The handler failed.");
        });
        app.MapGet("/late-flush", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            context.GetSession().Flush();
        });
        app.MapGet("/late-clear", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            context.GetSession().Clear();
        });
    }

    private Task<TestApp> StartAsync(
        Action<TypedSessionOptions>? options = null, Action<CookieSessionStoreOptions>? cookies = null, IDataProtectionProvider? keys = null) =>
        TestApp.StartAsync(Map, options, sessions => sessions.StoreInCookies(cookies).Services.AddSingleton(keys ?? _keys));
}
