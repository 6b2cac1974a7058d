using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Authentication;

/// <summary>Which sign-ins are those of users.</summary>
public sealed class SignInSchemeTests
{
    private readonly CookieJar _jar = new();

    [Fact]
    public async Task A_service_of_the_applications_own_is_called_as_before()
    {
        var own = new OwnAuthenticationService();
        await using var app = await TestApp.StartAsync(SignInEndpoints.Map, sessions: sessions =>
        {
            sessions.Services.AddSingleton<IAuthenticationService>(own);
            sessions.Services.AddAuthentication().AddCookie();
            sessions.RotateIdOnSignIn().RotateIdOnSignIn();
        });
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=ann&scheme=Cookies");

        Assert.Equal(["Cookies"], own.SignIns);
        Assert.NotEqual(anonymous, _jar["sessionid"]);
    }

    [Fact]
    public async Task Other_cookie_schemes_do_not_touch_the_session_of_the_default_one()
    {
        await using var app = await SignInApp.StartAsync(scheme: "Users", services: services => services.AddAuthentication().AddCookie("Step"));
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var id = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=42&scheme=Step");
        await _jar.GetAsync(app, "/sign-out?scheme=Step");

        Assert.Equal(id, _jar["sessionid"]);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task Schemes_can_be_named()
    {
        await using var app = await SignInApp.StartAsync(
            scheme: "Users", named: ["Users", "Staff"], services: services => services.AddAuthentication().AddCookie("Staff"));
        await _jar.GetAsync(app, "/sign-in?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");

        await _jar.GetAsync(app, "/sign-in?user=root&scheme=Staff");

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task A_policy_scheme_that_forwards_to_a_cookie_is_no_exception()
    {
        await using var app = await SignInApp.StartAsync(scheme: "Users", services: services => services
            .AddAuthentication("Smart").AddPolicyScheme("Smart", null, policy => policy.ForwardDefault = "Users"));
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        await _jar.GetAsync(app, "/sign-in?user=ann");
        var ann = _jar["sessionid"];
        await _jar.GetAsync(app, "/sign-in?user=bob");

        Assert.NotEqual(anonymous, ann);
        Assert.NotEqual(ann, _jar["sessionid"]);
        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
    }
}
