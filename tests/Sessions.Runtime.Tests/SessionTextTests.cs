namespace Sessions.Tests;

/// <summary>Text that UTF-8 cannot hold is replaced when it is stored, so it reads replaced at once.</summary>
public sealed class SessionTextTests
{
    private const string Lone = "a\uD800b";
    private const string Replaced = "a\uFFFDb";
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task Text_with_a_lone_surrogate_reads_now_as_in_the_next_request()
    {
        var session = _sessions.Create();
        session.Set("set", Lone);
        session["indexer"] = Lone;
        session.SetDefault("default", Lone);
        session.Set(new SessionKey<string>("typed"), Lone);
        session.Set("last", "a\uDC00");

        Check(session);
        Check(await _sessions.ReopenAsync(session));

        static void Check(Session session)
        {
            foreach (var key in new[] { "set", "indexer", "default", "typed" })
            {
                Assert.Equal(Replaced, session.Get<string>(key));
                Assert.Equal(Replaced, session[key]);
                Assert.Equal(Replaced, session.Get<object>(key));
            }

            Assert.Equal("a\uFFFD", session.Get<string>("last"));
        }
    }

    [Fact]
    public async Task Updated_text_with_a_lone_surrogate_reads_now_as_in_the_next_request()
    {
        var session = _sessions.Create();
        session.Update([new("s", Lone)]);

        var now = (session["s"], session.Get<object>("s"), session.Get<string>("s"));

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal((next["s"], next.Get<object>("s"), next.Get<string>("s")), now);
    }

    [Fact]
    public async Task Text_with_whole_surrogate_pairs_stays_as_it_is()
    {
        var session = _sessions.Create();
        session.Set("s", "☃ \U0001F600 \0 \" \\ \u2028 \uFFFE é e\u0301");

        var now = session.Get<string>("s");

        Assert.Equal("☃ \U0001F600 \0 \" \\ \u2028 \uFFFE é e\u0301", now);
        Assert.Equal(now, (await _sessions.ReopenAsync(session)).Get<string>("s"));
    }

    [Fact]
    public async Task A_lone_surrogate_character_reads_now_as_in_the_next_request()
    {
        var session = _sessions.Create();
        session.Set("c", '\uD800');

        var now = session.Get<char>("c");

        Assert.Equal(now, (await _sessions.ReopenAsync(session)).Get<char>("c"));
    }

    [Fact]
    public async Task A_lone_surrogate_in_a_tuple_reads_now_as_in_the_next_request()
    {
        var session = _sessions.Create();
        session.Set("pair", (Lone, 1));

        var now = session.Get<(string, int)>("pair");

        Assert.Equal(now, (await _sessions.ReopenAsync(session)).Get<(string, int)>("pair"));
    }

    [Fact]
    public void A_key_that_cannot_be_stored_as_it_is_is_refused()
    {
        var session = _sessions.Create();

        Assert.Throws<ArgumentException>(() => session.Set(Lone, 1));
        Assert.Throws<ArgumentException>(() => session.Update([new(Lone, 1)]));
        Assert.Throws<ArgumentException>(() => new SessionKey<int>(Lone));
        Assert.Empty(session.Keys);
    }
}
