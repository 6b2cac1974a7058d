using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sessions.Tests.Http;

/// <summary>What code written for the framework's own session relies on, through <c>HttpContext.Session</c>.</summary>
public sealed class CompatibleSessionValueTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    [Fact]
    public async Task A_first_value_makes_the_cookie_and_a_read_makes_none()
    {
        await using var app = await StartAsync(
            ("read", session => Show(session, "k")),
            ("set", session => Do(() => session.Set("k", Bytes))));

        var read = await app.GetAsync("/read");
        Assert.Equal(("missing", 0), (read.Body, read.SetCookies.Count));
        var set = await app.GetAsync("/set");
        Assert.Equal("no-store, no-cache", set.CacheControl);
        Assert.Matches("^sessionid=[a-z0-9]{32}; expires=.* GMT; max-age=1209600; path=/; samesite=lax; httponly$", set.SessionCookie!);
        Assert.Equal("010203", (await app.GetAsync("/read", set.Id)).Body);
    }

    [Fact]
    public async Task A_removed_value_and_cleared_values_are_missing_at_once_and_later()
    {
        await using var app = await StartAsync(
            ("set", session => Do(() => session.Set("k", Bytes), () => session.Set("l", Bytes))),
            ("remove", session => Do(() => session.Remove("k"), () => session.Remove("never")) + Show(session, "k")),
            ("clear", session => Do(session.Clear) + Show(session, "l")),
            ("read", session => $"{Show(session, "k")} {Show(session, "l")} {session.Keys.Count()}"));
        var id = (await app.GetAsync("/set")).Id;

        Assert.Equal("missing", (await app.GetAsync("/remove", id)).Body);
        Assert.Equal("missing 010203 1", (await app.GetAsync("/read", id)).Body);
        Assert.Equal("missing", (await app.GetAsync("/clear", id)).Body);
        Assert.Equal("missing missing 0", (await app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task A_value_is_copied_on_its_way_in_and_out()
    {
        await using var app = await StartAsync(
            ("set", session =>
            {
                var bytes = new byte[] { 1, 2, 3 };
                session.Set("k", bytes);
                bytes[0] = 9;
                Assert.True(session.TryGetValue("k", out var got));
                got[1] = 9;
                return Show(session, "k");
            }),
            ("read", session =>
            {
                Assert.True(session.TryGetValue("k", out var got));
                got[1] = 9;
                return Show(session, "k");
            }));

        var set = await app.GetAsync("/set");
        Assert.Equal("010203", set.Body);
        Assert.Equal("010203", (await app.GetAsync("/read", set.Id)).Body);
        Assert.Equal("010203", (await app.GetAsync("/read", set.Id)).Body);
    }

    [Fact]
    public async Task An_empty_value_is_a_value_and_a_missing_one_is_null()
    {
        await using var app = await StartAsync(
            ("set", session => Do(() => session.Set("k", []), () => session.SetString("s", ""))),
            ("read", session => $"[{Show(session, "k")}] [{session.GetString("s")}] " +
                $"{(session.Get("none"), session.GetString("none"), session.GetInt32("none"))}"));

        Assert.Equal("[] [] (, , )", (await app.GetAsync("/read", (await app.GetAsync("/set")).Id)).Body);
    }

    [Fact]
    public async Task What_cannot_be_a_key_or_a_value_is_refused()
    {
        await using var app = await StartAsync(("refused", session => string.Join(' ', new[]
        {
            Error(() => session.Set("k", null!)),
            Error(() => session.Set("", Bytes)),
            Error(() => session.Set(null!, Bytes)),
            Error(() => session.TryGetValue(null!, out _)),
            Error(() => session.Remove(null!)),
            Error(() => session.TryGetValue("", out _)),
            Error(() => session.Remove("")),
            $"{session.Keys.Count()}",
        })));

        var answer = await app.GetAsync("/refused");

        Assert.Equal("ArgumentNullException ArgumentException ArgumentException ArgumentNullException ArgumentNullException none none 0", answer.Body);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task The_keys_stay_what_they_were_while_they_are_enumerated()
    {
        await using var app = await StartAsync(("enumerate", session =>
        {
            session.Set("a", Bytes);
            session.Set("b", Bytes);
            foreach (var key in session.Keys)
                session.Remove(key);
            return $"{session.Keys.Count()}";
        }));

        Assert.Equal("0", (await app.GetAsync("/enumerate")).Body);
    }

    [Fact]
    public async Task Keys_are_told_apart_by_case_and_may_be_of_any_script()
    {
        await using var app = await StartAsync(("set", session =>
        {
            foreach (var key in new[] { "key", "KEY", "ключ", "🍪" })
                session.SetString(key, key);
            return string.Join(',', session.Keys.Select(session.GetString));
        }));

        Assert.Equal("key,KEY,ключ,🍪", (await app.GetAsync("/set")).Body);
    }

    [Fact]
    public async Task A_session_ends_when_it_was_idle_for_too_long()
    {
        await using var app = await StartAsync(
            options => options.CookieAge = TimeSpan.FromMinutes(20),
            ("set", session => Do(() => session.Set("k", Bytes))),
            ("read", session => Show(session, "k")));
        var id = (await app.GetAsync("/set")).Id;

        app.Time.Advance(TimeSpan.FromMinutes(19));
        Assert.Equal(id, (await app.GetAsync("/set", id)).Id);
        app.Time.Advance(TimeSpan.FromMinutes(19));
        Assert.Equal("010203", (await app.GetAsync("/read", id)).Body);
        app.Time.Advance(TimeSpan.FromMinutes(20));
        var late = await app.GetAsync("/read", id);
        Assert.Equal("missing", late.Body);
        Assert.True(late.DeletesCookie);
    }

    [Fact]
    public async Task The_handle_is_the_same_from_the_first_write_to_the_next_requests()
    {
        await using var app = await StartAsync(
            ("set", session => Do(() => session.Set("k", Bytes)) + session.Id),
            ("id", session => session.Id));
        var set = await app.GetAsync("/set");

        Assert.Equal(set.Body, (await app.GetAsync("/id", set.Id)).Body);
        Assert.Equal(set.Body, (await app.GetAsync("/set", set.Id)).Body);
        Assert.NotEqual(set.Body, (await app.GetAsync("/set")).Body);
    }

    [Fact]
    public async Task A_new_session_cannot_begin_after_the_response_has_started()
    {
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("started ");
            await context.Response.WriteAsync(Error(() => context.Session.Set("k", Bytes)));
        }));

        var answer = await app.GetAsync("/");

        Assert.Equal(("started InvalidOperationException", 0), (answer.Body, answer.SetCookies.Count));
    }

    [Fact]
    public async Task The_feature_is_there_for_what_is_behind_the_middleware_alone()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", (HttpContext context) => $"{context.Features.Get<ISessionFeature>()?.Session is not null}"),
            outside: outside => outside.Use(async (context, next) =>
            {
                await next(context);
                await context.Response.WriteAsync($" {context.Features.Get<ISessionFeature>() is null}");
            }));

        Assert.Equal("True True", (await app.GetAsync("/")).Body);
    }

    private static string Show(ISession session, string key) => session.TryGetValue(key, out var bytes) ? Convert.ToHexString(bytes) : "missing";

    private static string Error(Action act) => Record.Exception(act)?.GetType().Name ?? "none";

    private static string Do(params Action[] acts)
    {
        foreach (var act in acts)
            act();
        return "";
    }

    private static Task<TestApp> StartAsync(params (string Path, Func<ISession, string> Answer)[] endpoints) => StartAsync(_ => { }, endpoints);

    private static Task<TestApp> StartAsync(Action<TypedSessionOptions> options, params (string Path, Func<ISession, string> Answer)[] endpoints) =>
        TestApp.StartAsync(
            app =>
            {
                foreach (var (path, answer) in endpoints)
                    app.MapGet($"/{path}", (HttpContext context) => Results.Text(answer(context.Session), "text/plain", Encoding.UTF8));
            },
            options);
}
