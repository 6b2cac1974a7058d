namespace Sessions.Tests;

public sealed class SessionSizeTests
{
    private const int Max = 100;
    private const int Fits = 95;   // characters: the entry has a quote on each side, a key of one byte and two lengths of one
    private readonly TestSessions _sessions = new(options => options.MaxPayloadBytes = Max);

    [Fact]
    public async Task A_session_may_take_the_bound_and_no_byte_more()
    {
        var session = _sessions.Create();

        session.Set("k", Text(Fits));
        var error = Assert.Throws<SessionTooLargeException>(() => session.Set("k", Text(Fits + 1)));

        Assert.Contains("101", error.Message, StringComparison.Ordinal);
        Assert.Contains("100", error.Message, StringComparison.Ordinal);
        Assert.Equal(Text(Fits), session.Get<string>("k"));
        Assert.Equal(Text(Fits), (await _sessions.ReopenAsync(session)).Get<string>("k"));
    }

    [Fact]
    public void The_line_that_would_exceed_the_bound_fails_and_changes_nothing()
    {
        var session = _sessions.Create();
        session.Set("k", Text(Fits - 10));
        session.Modified = false;
        Action[] writes =
        [
            () => session.Set("n", Text(10)),
            () => session["n"] = Text(10),
            () => session.SetDefault("n", Text(10)),
            () => session.SetDefault("n", () => Text(10)),
            () => session.Set(new SessionKey<string>("n"), Text(10)),
            () => session.Update([new("n", 1), new("m", 2), new("o", 3)]),
            () => session.Set("nnnnnnnn", 1),
        ];

        Assert.All(writes, write => Assert.Throws<SessionTooLargeException>(write));

        Assert.Equal(["k"], session.Keys);
        Assert.False(session.Modified);
    }

    [Fact]
    public async Task What_is_stored_already_counts()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("k", Text(Fits))));

        Assert.Throws<SessionTooLargeException>(() => session.Set("n", 1));
    }

    [Fact]
    public async Task Only_the_difference_of_a_value_that_is_replaced_counts()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("k", Text(Fits))));

        session.Set("k", new string('y', Fits));
        session.Update([new("k", Text(1)), new("n", Text(Fits)), new("n", Text(Fits - 10))]);

        Assert.Equal([Text(1), Text(Fits - 10)], session.Values);
    }

    [Fact]
    public async Task What_is_removed_cleared_or_flushed_makes_room()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("k", Text(Fits))));

        session.Remove("k");
        session.Set("n", Text(Fits));
        session.Clear();
        session.Set("m", Text(Fits));
        session.Flush();
        session.Set("o", Text(Fits));

        Assert.Equal(["o"], session.Keys);
    }

    [Fact]
    public void Bytes_are_counted_and_not_characters()
    {
        var session = _sessions.Create();

        Assert.Throws<SessionTooLargeException>(() => session.Set("k", new string('☃', Fits / 2)));
        Assert.Throws<SessionTooLargeException>(() => session.Set(new string('☃', 34), 1));
    }

    [Fact]
    public async Task The_bound_holds_after_a_save_too()
    {
        var session = _sessions.Create();
        session.Set("a", Text(40));
        await _sessions.SaveAsync(session);
        session.Set("b", Text(40));
        await _sessions.SaveAsync(session);

        Assert.Throws<SessionTooLargeException>(() => session.Set("c", Text(10)));
        session.Remove("a");
        await _sessions.SaveAsync(session);
        session.Set("c", Text(40));

        Assert.Equal(["b", "c"], (await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task What_others_stored_meanwhile_counts_after_a_save()
    {
        var id = await _sessions.StoreAsync(s => s.Set("a", 1));
        var session = await _sessions.OpenAsync(id);
        await _sessions.ElsewhereAsync(id, other => other.Set("b", Text(40)));
        session.Set("c", Text(40));
        Assert.Equal(["a", "b", "c"], (await _sessions.ReopenAsync(session)).Keys);

        Assert.Throws<SessionTooLargeException>(() => session.Set("d", Text(10)));
    }

    [Fact]
    public async Task What_two_requests_store_at_once_stays_within_the_bound()
    {
        var id = await _sessions.StoreAsync(s => s.Set("a", 1));
        var session = await _sessions.OpenAsync(id);
        session.Set("b", Text(85));
        await _sessions.ElsewhereAsync(id, other => other.Set("c", Text(85)));

        await Assert.ThrowsAsync<SessionTooLargeException>(() => _sessions.SaveAsync(session));

        Assert.Equal(["a", "c"], (await _sessions.OpenAsync(id)).Keys);
    }

    private static string Text(int length) => new('x', length);
}
