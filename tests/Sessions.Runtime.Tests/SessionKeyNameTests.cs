namespace Sessions.Tests;

public sealed class SessionKeyNameTests
{
    private readonly TestSessions _sessions = new();

    public static TheoryData<string?> Unusable => [(string?)null, "", "_", "_session", "__x", new string('k', 257)];

    [Theory]
    [MemberData(nameof(Unusable))]
    public void No_verb_writes_an_unusable_key(string? key)
    {
        var session = _sessions.Create();
        Action[] writes =
        [
            () => session.Set(key!, 1),
            () => session[key!] = 1,
            () => session.SetDefault(key!, 1),
            () => session.SetDefault(key!, () => 1),
            () => session.Update([new(key!, 1)]),
            () => _ = new SessionKey<int>(key!),
            () => _ = new SessionKey<int>(key!, 1),
        ];

        Assert.All(writes, write => Assert.ThrowsAny<ArgumentException>(write));

        Assert.False(session.Modified);
        Assert.True(session.IsEmpty);
    }

    [Fact]
    public async Task Every_other_key_is_usable()
    {
        string[] keys =
            ["k", new string('k', 256), new string('é', 256), " ", "a_b", "a.b:c/d\\e", "\0", "\U0001F600", "testcookie", "\uFEFF_"];
        var session = _sessions.Create();
        foreach (var key in keys)
            session.Set(key, key.Length);

        var next = await _sessions.ReopenAsync(session);

        Assert.Equal(keys, next.Keys);
        Assert.All(keys, key => Assert.Equal(key.Length, next.Get<int>(key)));
    }

    [Fact]
    public async Task Keys_of_the_framework_are_invisible_and_stay()
    {
        var id = await _sessions.StoreBytesAsync(("_framework", [.. "\"kept\""u8]), ("n", [.. "1"u8]));
        var session = await _sessions.OpenAsync(id);

        Assert.Equal(["n"], session.Keys);
        Assert.Equal([1L], session.Values);
        Assert.Equal("n", Assert.Single(session.Items).Key);
        Assert.Equal(1, session.Count);
        Assert.False(session.ContainsKey("_framework"));
        Assert.Null(session.Get<string>("_framework"));
        Assert.Equal("none", session.Get("_framework", "none"));
        Assert.False(session.TryGet<string>("_framework", out _));
        Assert.Throws<KeyNotFoundException>(() => session["_framework"]);
        Assert.Throws<KeyNotFoundException>(() => session.Pop<string>("_framework"));
        Assert.Equal("none", session.Pop("_framework", "none"));
        Assert.False(session.Remove("_framework"));

        session.Set("n", 2);
        await _sessions.SaveAsync(session);
        Assert.Equal("\"kept\"", _sessions.Stored(id, "_framework"));
    }

    [Fact]
    public async Task A_clear_takes_the_keys_of_the_framework_along()
    {
        var id = await _sessions.StoreBytesAsync(("_framework", [.. "1"u8]));
        var session = await _sessions.OpenAsync(id);

        session.Clear();
        await _sessions.SaveAsync(session);

        Assert.Null(_sessions.Stored(id, "_framework"));
    }

    [Fact]
    public void Unusable_keys_read_as_missing()
    {
        var session = _sessions.Create();
        foreach (var key in new[] { "", "_x", new string('k', 257), new string('k', 100_000) })
        {
            Assert.False(session.ContainsKey(key));
            Assert.Equal(0, session.Get<int>(key));
            Assert.False(session.Remove(key));
        }

        Assert.Throws<ArgumentNullException>(() => session.ContainsKey((string)null!));
        Assert.Throws<ArgumentNullException>(() => session.Get((SessionKey<int>)null!));
    }
}
