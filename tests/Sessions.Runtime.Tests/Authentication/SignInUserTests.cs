using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Authentication;

/// <summary>What one user had in the session, another one never gets.</summary>
public sealed class SignInUserTests
{
    private readonly CookieJar _jar = new();

    [Fact]
    public async Task Another_user_gets_a_new_session_and_nothing_of_the_first()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var ann = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.NotEqual(ann, _jar["sessionid"]);
        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
        Assert.False(await SignInApp.ExistsAsync(app, ann));
    }

    [Fact]
    public async Task Another_user_gets_nothing_when_the_first_ones_sign_in_has_expired()
    {
        await using var app = await SignInApp.StartAsync(configure: cookie => cookie.ExpireTimeSpan = TimeSpan.FromMinutes(20));
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        app.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/who")).Body);

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task A_session_that_begins_after_the_sign_in_is_the_users_too()
    {
        await using var app = await SignInApp.StartAsync(configure: cookie => cookie.ExpireTimeSpan = TimeSpan.FromMinutes(20));
        await _jar.GetAsync(app, "/sign-in?user=ann");
        _jar.Remove("sessionid");
        await _jar.GetAsync(app, "/set?value=shoes");
        app.Time.Advance(TimeSpan.FromMinutes(30));

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task One_that_the_handler_saves_by_itself_is_the_users_too()
    {
        await using var app = await SignInApp.StartAsync(
            configure: cookie => cookie.ExpireTimeSpan = TimeSpan.FromMinutes(20),
            map: app => app.MapGet("/commit", (HttpContext context) =>
            {
                context.GetSession().Set("cart", "shoes");
                return context.Session.CommitAsync();
            }));
        await _jar.GetAsync(app, "/sign-in?user=ann");
        _jar.Remove("sessionid");
        await _jar.GetAsync(app, "/commit");
        app.Time.Advance(TimeSpan.FromMinutes(30));

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task One_that_is_taken_over_from_AddSession_is_the_users_too()
    {
        await using var app = await SignInApp.StartAsync(
            configure: cookie => cookie.ExpireTimeSpan = TimeSpan.FromMinutes(20),
            sessions: sessions => sessions.Services.AddDistributedMemoryCache().AddSession(),
            map: app =>
            {
                app.Map("/former", branch => branch.UseSession().Run(context =>
                {
                    context.Session.SetString("cart", "shoes");
                    return Task.CompletedTask;
                }));
                app.UseFormerSessions();
            });
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/former");
        _jar.Remove("sessionid");
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
        app.Time.Advance(TimeSpan.FromMinutes(30));

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task A_session_of_before_belongs_to_the_user_of_the_request()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        var anonymous = (await app.GetAsync("/set?value=shoes")).Id!;
        _jar["sessionid"] = anonymous;   // signed in by something that did not tell the session

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
        Assert.False(await SignInApp.ExistsAsync(app, anonymous));
    }

    [Fact]
    public async Task What_is_written_after_a_sign_out_is_nobodys()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/sign-out-write");

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("bye", (await _jar.GetAsync(app, "/note")).Body);
    }

    [Fact]
    public async Task The_same_user_again_gets_a_new_id_and_keeps_the_data()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var first = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=ann");

        Assert.NotEqual(first, _jar["sessionid"]);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task Someone_without_a_name_is_a_new_user_each_time()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=");
        await _jar.GetAsync(app, "/set?value=shoes");

        await _jar.GetAsync(app, "/sign-in?user=");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task The_dictionary_does_not_show_whose_it_is()
    {
        await using var app = await SignInApp.StartAsync();

        Assert.Equal("n1", (await _jar.GetAsync(app, "/sign-in-keys?user=ann")).Body);
    }
}
