using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>A cookie that is not essential, and visitors who have consented to such cookies or not.</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private const string Consent = ".AspNet.Consent=yes";
    private TestApp _app = null!;

    private MemorySessionStore Store => (MemorySessionStore)_app.Services.GetRequiredService<ISessionStore>();

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(
        app =>
        {
            SessionEndpoints.Map(app);
            app.MapGet("/write-read", async (HttpContext context, bool? consent) =>
            {
                var session = context.GetSession();
                session.Set("n", 1);
                await session.SaveAsync();
                if (consent == true)
                    context.Features.Get<ITrackingConsentFeature>()!.GrantConsent();
                return session.Get<int>("n");
            });
        },
        options => options.Cookie.IsEssential = false,
        services: services => services.Configure<CookiePolicyOptions>(policy => policy.CheckConsentNeeded = _ => true),
        outside: outside => outside.UseCookiePolicy());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/write")]
    [InlineData("/write-read")]
    [InlineData("/flush-write")]
    [InlineData("/cycle")]
    public async Task Without_consent_nothing_is_stored_and_no_cookie_given(string path)
    {
        var answer = await _app.GetAsync(path);

        Assert.Equal((200, "Cookie"), (answer.Status, answer.Vary));
        Assert.Empty(answer.SetCookies);
        Assert.Equal(0, Store.Count);
    }

    [Fact]
    public async Task Without_consent_what_AddSession_kept_is_read_and_stays_where_it_is()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.Map("/former", branch => branch.UseSession().Run(context =>
                {
                    context.Session.SetString("cart", "shoes");
                    return Task.CompletedTask;
                }));
                app.UseFormerSessions();
                app.MapGet("/cart", (HttpContext context) => context.GetSession().Get("cart", "none"));
            },
            options => options.Cookie.IsEssential = false,
            sessions => sessions.Services.AddDistributedMemoryCache().AddSession(former => former.Cookie.IsEssential = true),
            services => services.Configure<CookiePolicyOptions>(policy => policy.CheckConsentNeeded = _ => true),
            outside => outside.UseCookiePolicy());
        var jar = new CookieJar();
        await jar.GetAsync(app, "/former");

        Assert.Equal("shoes", (await jar.GetAsync(app, "/cart")).Body);
        Assert.Equal("shoes", (await jar.GetAsync(app, "/cart")).Body);
        Assert.DoesNotContain("sessionid", jar.Names);

        jar[".AspNet.Consent"] = "yes";
        Assert.Equal("shoes", (await jar.GetAsync(app, "/cart")).Body);
        Assert.Equal([".AspNet.Consent", "sessionid"], jar.Names.Order());
    }

    [Fact]
    public async Task Without_consent_a_request_reads_what_it_wrote() => Assert.Equal("1", (await _app.GetAsync("/write-read")).Body);

    [Fact]
    public async Task Consent_that_comes_with_the_request_counts()
    {
        var answer = await _app.GetAsync("/write-read?consent=true");

        Assert.NotNull(answer.Id);
        Assert.Equal("1", (await _app.GetAsync("/read", answer.Id)).Body);
    }

    [Fact]
    public async Task Without_consent_a_session_from_before_is_kept_and_can_be_ended()
    {
        var id = await NewSessionAsync();

        var write = await _app.GetAsync("/write", id);
        Assert.Empty(write.SetCookies);
        Assert.Equal("2", (await _app.GetAsync("/read", id)).Body);

        Assert.True((await _app.GetAsync("/flush", id)).DeletesCookie);
        Assert.Equal(0, Store.Count);
    }

    [Theory]
    [InlineData("/cycle")]
    [InlineData("/flush-write")]
    public async Task Without_consent_a_new_id_ends_the_session(string path)
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync(path, id);

        Assert.Equal(200, answer.Status);
        Assert.True(answer.DeletesCookie);
        Assert.Equal("missing", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(0, Store.Count);
    }

    [Fact]
    public async Task A_dead_cookie_is_deleted_without_consent() =>
        Assert.True((await _app.GetAsync("/read", SessionId.New().Secret)).DeletesCookie);

    [Fact]
    public async Task An_essential_cookie_asks_for_no_consent()
    {
        await using var app = await TestApp.StartAsync(
            SessionEndpoints.Map,
            services: services => services.Configure<CookiePolicyOptions>(policy => policy.CheckConsentNeeded = _ => true),
            outside: outside => outside.UseCookiePolicy());

        Assert.NotNull((await app.GetAsync("/write")).Id);
    }

    private async Task<string> NewSessionAsync() => (await _app.GetAsync("/write", Consent)).Id!;
}
