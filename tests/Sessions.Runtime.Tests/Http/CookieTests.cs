using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Cookies as clients send them, honest and hostile, and as the server sets them.</summary>
public sealed class CookieTests
{
    public static TheoryData<string> Malformed => new(
        "", "abc", new string('a', 31), new string('a', 33), new string('A', 32), "../../../../../../../etc/passwd..",
        new string('a', 31) + "_", "%61" + new string('a', 31), "\"" + new string('a', 32) + "\"", new string('a', 500), "con", "a b");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_cookie_is_deleted_and_reaches_no_store(string value)
    {
        var store = new ThrowingStore();
        await using var app = await TestApp.StartAsync(
            SessionEndpoints.Map, sessions: sessions => sessions.AddStore("throwing", _ => store));

        foreach (var path in new[] { "/untouched", "/read" })
        {
            var answer = await app.GetAsync(path, $"sessionid={value}");

            Assert.Equal(200, answer.Status);
            Assert.True(answer.DeletesCookie);
            Assert.Equal("Cookie", answer.Vary);
        }

        Assert.Equal(0, store.Calls);
        Assert.DoesNotContain("sessionid=", app.LogText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_cookie_and_a_write_begin_a_new_session()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map);

        var answer = await app.GetAsync("/write", "sessionid=abc");

        Assert.Equal("1", (await app.GetAsync("/read", answer.Id)).Body);
    }

    [Fact]
    public async Task An_unknown_id_is_never_adopted()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map);
        var unknown = new string('a', 32);

        Assert.Empty((await app.GetAsync("/untouched", unknown)).SetCookies);
        Assert.True((await app.GetAsync("/read", unknown)).DeletesCookie);
        var written = await app.GetAsync("/write", unknown);

        Assert.NotNull(written.Id);
        Assert.NotEqual(unknown, written.Id);
        Assert.Equal("missing", (await app.GetAsync("/read", unknown)).Body);
    }

    [Fact]
    public async Task An_expired_id_is_as_dead_as_an_unknown_one()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map);
        var id = (await app.GetAsync("/write")).Id!;
        app.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));

        Assert.True((await app.GetAsync("/read", id)).DeletesCookie);
        var written = await app.GetAsync("/write", id);

        Assert.NotEqual(id, written.Id);
        Assert.Equal("1", (await app.GetAsync("/read", written.Id)).Body);
    }

    [Fact]
    public async Task A_thousand_random_ids_create_nothing()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map);

        for (var i = 0; i < 500; i++)
        {
            Assert.Null((await app.GetAsync("/read", SessionId.New().Secret)).Id);
            Assert.Null((await app.GetAsync("/flush", SessionId.New().Secret)).Id);
        }

        Assert.Equal(0, ((MemorySessionStore)app.Services.GetRequiredService<ISessionStore>()).Count);
    }

    [Theory]
    [InlineData("other=1; sessionid={id}; third=3")]
    [InlineData("sessionid=abc; sessionid={id}; sessionid=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("SESSIONID=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; sessionid={id}")]
    [InlineData("sessionid2=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;sessionid={id};")]
    [InlineData(";;=; sessionid; sessionid={id} ")]
    public async Task The_first_well_formed_cookie_of_exactly_the_name_counts(string header)
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map);
        var id = (await app.GetAsync("/write")).Id!;

        Assert.Equal("1", (await app.GetAsync("/read", header.Replace("{id}", id, StringComparison.Ordinal))).Body);
    }

    [Theory]
    [InlineData("\u00a0sessionid={0}")]
    [InlineData("\u2000sessionid={0}")]
    [InlineData("\u3000sessionid={0}")]
    [InlineData("sessionid={0}\u00a0")]
    [InlineData("sessionid={0}\v")]
    [InlineData("sessionid ={0}")]
    [InlineData("sessionid= {0}")]
    public void White_space_of_other_kinds_does_not_make_a_cookie_ours(string header)
    {
        var id = new string('a', 32);

        Assert.False(SessionCookieHeader.Read(string.Format(null, header, id), "sessionid", hasData: false).IsWellFormed);
        Assert.True(SessionCookieHeader.Read($"\t sessionid={id} \t", "sessionid", hasData: false).IsWellFormed);
    }

    [Fact]
    public async Task Attributes_of_the_cookie_are_the_same_when_it_is_set_and_deleted()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map, options =>
        {
            options.Cookie.Domain = "example.com";
            options.Cookie.Path = "/app";
            options.Cookie.SameSite = SameSiteMode.None;
            options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            options.Cookie.HttpOnly = false;
            options.Cookie.Extensions.Add("Partitioned");
        });

        var set = await app.GetAsync("/write");
        var deleted = await app.GetAsync("/flush", set.Id);

        const string attributes = "; domain=example.com; path=/app; secure; samesite=none; Partitioned";
        Assert.EndsWith("max-age=1209600" + attributes, set.SessionCookie, StringComparison.Ordinal);
        Assert.EndsWith("max-age=0" + attributes, deleted.SessionCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_shows_in_the_cookie()
    {
        await using var app = await TestApp.StartAsync(app => app.MapGet("/{how}", (string how, HttpContext context) =>
        {
            var session = context.GetSession();
            session.Set("n", 1);
            if (how == "idle")
                session.SetExpiry(TimeSpan.FromSeconds(90.7));
            else if (how == "moment")
                session.SetExpiry(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(1));
            else if (how == "past")
                session.SetExpiry(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(-1));
            else if (how == "browser")
                session.SetExpiryAtBrowserClose();
        }));

        Assert.Contains("max-age=90;", (await app.GetAsync("/idle")).SessionCookie, StringComparison.Ordinal);
        Assert.Contains("max-age=3600;", (await app.GetAsync("/moment")).SessionCookie, StringComparison.Ordinal);
        Assert.Matches("^sessionid=[a-z0-9]{32}; path=/; samesite=lax; httponly$", (await app.GetAsync("/browser")).SessionCookie!);
        Assert.Empty((await app.GetAsync("/past")).SetCookies);
        Assert.True((await app.GetAsync("/past", (await app.GetAsync("/idle")).Id)).DeletesCookie);
    }

    [Theory]
    [InlineData("Accept-Language", "Accept-Language, Cookie")]
    [InlineData("cookie", "cookie")]
    [InlineData("*", "*")]
    [InlineData("Accept, *", "*")]
    public async Task Vary_joins_what_is_there(string existing, string expected)
    {
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.Vary = existing;
            context.GetSession().Set("n", 1);
        }));

        Assert.Equal(expected, (await app.GetAsync("/")).Vary);
    }
}
