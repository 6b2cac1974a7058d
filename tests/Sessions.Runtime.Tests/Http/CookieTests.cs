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
}
