using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Authentication;

/// <summary>ASP.NET Core Identity and the session: only the sign-in of the user counts, no step of it.</summary>
public sealed class IdentitySignInTests : IDisposable
{
    private const string Password = "Correct-horse-1";
    private readonly TestUsers _users = new();
    private readonly CookieJar _jar = new();

    public IdentitySignInTests()
    {
        foreach (var name in new[] { "ann", "bob" })
            _users[name].PasswordHash = new PasswordHasher<TestUser>().HashPassword(_users[name], Password);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_in_rotates_another_user_gets_nothing_and_a_sign_out_flushes(bool withTokens)
    {
        await using var app = await StartAsync(withTokens);
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        Assert.Equal("Succeeded", (await _jar.GetAsync(app, "/password?user=ann")).Body);
        var ann = _jar["sessionid"];
        Assert.NotEqual(anonymous, ann);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);

        await _jar.GetAsync(app, "/password?user=bob");
        Assert.NotEqual(ann, _jar["sessionid"]);
        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);

        Assert.True((await _jar.GetAsync(app, "/leave")).DeletesCookie);
        Assert.DoesNotContain("sessionid", _jar.Names);
    }

    [Fact]
    public async Task A_failed_sign_in_changes_nothing()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/set?value=shoes");

        var answer = await _jar.GetAsync(app, "/password?user=ann&password=wrong");

        Assert.Equal("Failed", answer.Body);
        Assert.Null(answer.SessionCookie);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_second_factor_rotates_and_keeps_the_data_and_the_first_does_not(bool withTokens)
    {
        _users["ann"].HasTwoFactors = true;
        await using var app = await StartAsync(withTokens);
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        Assert.Equal("RequiresTwoFactor", (await _jar.GetAsync(app, "/password?user=ann")).Body);
        Assert.Equal(anonymous, _jar["sessionid"]);

        Assert.Equal("Succeeded", (await _jar.GetAsync(app, "/code?code=123456")).Body);
        Assert.NotEqual(anonymous, _jar["sessionid"]);
        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task An_external_sign_in_makes_the_session_nobodys_until_the_user_signs_in()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/set?value=shoes");
        var anonymous = _jar["sessionid"];

        await _jar.GetAsync(app, $"/sign-in?user=ann@elsewhere&scheme={IdentityConstants.ExternalScheme}");
        Assert.Equal(anonymous, _jar["sessionid"]);

        await _jar.GetAsync(app, "/external?user=ann");
        Assert.NotEqual(anonymous, _jar["sessionid"]);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task A_refreshed_sign_in_rotates_and_keeps_the_data()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/password?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        var id = _jar["sessionid"];

        await _jar.GetAsync(app, "/refresh");

        Assert.NotEqual(id, _jar["sessionid"]);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Fact]
    public async Task A_changed_security_stamp_ends_the_session_and_an_unchanged_one_does_not()
    {
        await using var app = await StartAsync();
        await _jar.GetAsync(app, "/password?user=ann");
        await _jar.GetAsync(app, "/set?value=shoes");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);   // validated, and the cookie issued again

        _users["ann"].SecurityStamp = "2";
        app.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("none", (await _jar.GetAsync(app, "/get")).Body);
        Assert.DoesNotContain("sessionid", _jar.Names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_the_tickets_of_users_are_kept_in_sessions(bool withTokens)
    {
        _users["ann"].HasTwoFactors = true;
        await using var app = await StartAsync(withTokens);

        await _jar.GetAsync(app, "/password?user=ann");
        await _jar.GetAsync(app, $"/sign-in?user=ann&scheme={IdentityConstants.ExternalScheme}");
        Assert.Empty(await ListAsync(app));

        await _jar.GetAsync(app, "/code?code=123456");
        Assert.Single(await ListAsync(app));

        await _jar.GetAsync(app, "/refresh");
        var session = Assert.Single(await ListAsync(app));

        await app.Services.GetRequiredService<SessionTicketStore>().EndAsync("ann", session.Handle, TestContext.Current.CancellationToken);
        Assert.Equal("anonymous", (await _jar.GetAsync(app, "/who")).Body);
    }

    public void Dispose() => _users.Dispose();

    private static async Task<IReadOnlyList<UserSession>> ListAsync(TestApp app) =>
        await app.Services.GetRequiredService<SessionTicketStore>().ListAsync("ann", TestContext.Current.CancellationToken);

    private Task<TestApp> StartAsync(bool withTokens = false) => TestApp.StartAsync(
        Map,
        sessions: sessions => sessions.RotateIdOnSignIn().AddTicketStore(),
        services: services =>
        {
            services.AddSingleton<IUserStore<TestUser>>(_users);
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromSeconds(30));
            var identity = withTokens
                ? services.AddIdentityApiEndpoints<TestUser>()
                : services.AddIdentityCore<TestUser>().AddSignInManager();
            identity.AddTokenProvider<TestCode>("Test");
            services.PostConfigure<IdentityOptions>(options => options.Tokens.ProviderMap = new() { ["Test"] = options.Tokens.ProviderMap["Test"] });
            if (!withTokens)
                services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        });

    private void Map(WebApplication app)
    {
        SignInEndpoints.Map(app);
        app.MapGet("/password", async (SignInManager<TestUser> manager, string user, string? password) =>
            (await manager.PasswordSignInAsync(user, password ?? Password, isPersistent: false, lockoutOnFailure: false)).ToString());
        app.MapGet("/code", async (SignInManager<TestUser> manager, string code) =>
            (await manager.TwoFactorSignInAsync("Test", code, isPersistent: false, rememberClient: true)).ToString());
        app.MapGet("/external", async (HttpContext context, SignInManager<TestUser> manager, string user) =>
        {
            await manager.SignInAsync(_users[user], isPersistent: false, "Elsewhere");
            await context.SignOutAsync(IdentityConstants.ExternalScheme);
        });
        app.MapGet("/refresh", (SignInManager<TestUser> manager) => manager.RefreshSignInAsync(_users["ann"]));
        app.MapGet("/leave", (SignInManager<TestUser> manager) => manager.SignOutAsync());
    }
}
