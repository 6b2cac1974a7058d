using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Authentication;

/// <summary>Cookie authentication and the session: a sign-in rotates, a sign-out flushes.</summary>
public sealed class SignInTests
{
    private readonly CookieJar _jar = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_rotates_the_id_and_keeps_what_the_visitor_had(bool authenticationFirst)
    {
        await using var app = await SignInApp.StartAsync(authenticationFirst: authenticationFirst);
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        Assert.Equal(200, (await _jar.GetAsync(app, "/sign-in?user=ann")).Status);

        Assert.NotEqual(anonymous, _jar["sessionid"]);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Equal("none", (await app.GetAsync("/get", anonymous)).Body);
        Assert.False(await SignInApp.ExistsAsync(app, anonymous));
    }

    [Fact]
    public async Task Without_it_the_id_stays()
    {
        await using var app = await TestApp.StartAsync(SignInEndpoints.Map, services: services => services.AddAuthentication().AddCookie());
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=ann");

        Assert.Equal(anonymous, _jar["sessionid"]);
    }

    [Theory]
    [InlineData("events")]
    [InlineData("type")]
    public async Task An_application_with_events_of_its_own_is_no_exception(string kind)
    {
        await using var app = await SignInApp.StartAsync(configure: cookie =>
        {
            if (kind == "type")
                cookie.EventsType = typeof(CartEvents);
            else
                cookie.Events = new CartEvents();
        });
        await _jar.GetAsync(app, "/set?value=shoes");
        await _jar.GetAsync(app, "/sign-in?user=ann");
        var ann = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.NotEqual(ann, _jar["sessionid"]);
        Assert.Equal("of bob", (await _jar.GetAsync(app, "/get")).Body);   // what the event wrote is the new user's
    }

    [Fact]
    public async Task A_sign_out_ends_the_session()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var id = _jar["sessionid"];

        var answer = await _jar.GetAsync(app, "/sign-out");

        Assert.True(answer.DeletesCookie);
        Assert.Empty(_jar.Names);
        Assert.False(await SignInApp.ExistsAsync(app, id));
    }

    [Fact]
    public async Task A_handler_that_throws_takes_the_rotation_back()
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/set?value=shoes");
        var id = _jar["sessionid"];

        Assert.Equal(500, (await _jar.GetAsync(app, "/sign-in-throw?user=ann")).Status);

        Assert.Equal(id, _jar["sessionid"]);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/who")).Body);
    }

    [Theory]
    [InlineData("/sign-out-throw")]
    [InlineData("/sign-in-throw?user=bob")]
    public async Task A_handler_that_throws_brings_no_ended_session_back(string path)
    {
        await using var app = await SignInApp.StartAsync();
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var id = _jar["sessionid"];

        Assert.Equal(500, (await _jar.GetAsync(app, path)).Status);

        Assert.False(await SignInApp.ExistsAsync(app, id));
    }

    [Fact]
    public async Task Anonymous_sign_outs_store_nothing()
    {
        await using var app = await SignInApp.StartAsync();

        var answer = await app.GetAsync("/sign-out");

        Assert.Null(answer.SessionCookie);
        Assert.Equal(0, ((MemorySessionStore)app.Services.GetRequiredService<ISessionStore>()).Count);
    }

    [Fact]
    public async Task A_sign_in_outside_of_the_middleware_rotates_and_a_sign_out_flushes()
    {
        await using var app = await SignInApp.StartAsync(outside: app => app.Use(async (context, next) =>
        {
            if (context.Request.Path == "/outside/in")
                await context.SignInAsync(SignInEndpoints.Principal("ann"));
            else if (context.Request.Path == "/outside/out")
                await context.SignOutAsync();
            else
                await next();
        }));
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        await _jar.GetAsync(app, "/outside/in");
        var ann = _jar["sessionid"];
        Assert.NotEqual(anonymous, ann);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);

        Assert.True((await _jar.GetAsync(app, "/outside/out")).DeletesCookie);
        Assert.False(await SignInApp.ExistsAsync(app, ann));
    }

    [Fact]
    public async Task A_principal_that_is_rejected_before_the_middleware_is_signed_out_of_the_session()
    {
        var isRejected = false;
        await using var app = await SignInApp.StartAsync(configure: cookie => cookie.Events.OnValidatePrincipal = async context =>
        {
            if (isRejected)
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync();
            }
        });
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var id = _jar["sessionid"];
        isRejected = true;

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);

        Assert.Empty(_jar.Names);
        Assert.False(await SignInApp.ExistsAsync(app, id));
    }

    [Fact]
    public async Task The_session_may_be_kept_in_cookies()
    {
        await using var app = await SignInApp.StartAsync(sessions: sessions => sessions.StoreInCookies());
        await _jar.GetAsync(app, "/set?value=shoes");
        await _jar.GetAsync(app, "/sign-in?user=ann");
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);

        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }
}
