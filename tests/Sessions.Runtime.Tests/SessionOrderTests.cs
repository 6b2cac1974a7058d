namespace Sessions.Tests;

/// <summary>Keys are listed in the order in which they were first written.</summary>
public sealed class SessionOrderTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task Keys_keep_the_order_of_their_first_write()
    {
        var session = _sessions.Create();
        foreach (var key in new[] { "b", "a", "c", "a" })
            session.Set(key, 1);
        Assert.Equal(["b", "a", "c"], session.Keys);

        var next = await _sessions.ReopenAsync(session);
        next.Set("0", 1);
        next.Set("c", 2);
        next.Update([new("z", 1), new("b", 2), new("y", 1)]);
        Assert.Equal(["b", "a", "c", "0", "z", "y"], next.Keys);
        Assert.Equal([2, 1L, 2, 1, 1, 1], next.Values);
        Assert.Equal(next.Keys, next.Items.Select(item => item.Key));

        Assert.Equal(["b", "a", "c", "0", "z", "y"], (await _sessions.ReopenAsync(next)).Keys);
    }

    [Fact]
    public async Task A_removed_key_leaves_the_others_in_their_order()
    {
        var session = await StoreAsync("a", "b", "c", "d");

        session.Remove("b");
        session.Set("e", 1);
        Assert.Equal(["a", "c", "d", "e"], session.Keys);

        Assert.Equal(["a", "c", "d", "e"], (await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task Reading_does_not_change_the_order()
    {
        var session = await StoreAsync("a", "b", "c");

        _ = (session.Get<int>("c"), session["b"], session.ContainsKey("x"));
        session.Set("d", 1);

        Assert.Equal(["a", "b", "c", "d"], session.Keys);
    }

    [Fact]
    public async Task A_key_that_is_removed_and_written_again_is_listed_now_as_in_the_next_request()
    {
        var session = await StoreAsync("a", "b");

        session.Remove("a");
        session.Set("c", 1);
        session.Set("a", 1);

        var now = session.Keys;
        Assert.Equal((await _sessions.ReopenAsync(session)).Keys, now);
    }

    [Fact]
    public async Task A_cleared_session_begins_a_new_order()
    {
        var session = await StoreAsync("a", "b");

        session.Clear();
        session.Set("b", 1);
        session.Set("a", 1);

        Assert.Equal(["b", "a"], session.Keys);
        Assert.Equal(["b", "a"], (await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task Keys_written_after_a_save_that_removed_others_keep_their_order()
    {
        var session = await StoreAsync("a", "b", "c");
        session.Remove("a");
        session.Remove("b");
        await _sessions.SaveAsync(session);

        session.Set("x", 1);
        session.Set("y", 1);
        session.Set("z", 1);

        Assert.Equal(["c", "x", "y", "z"], session.Keys);
        Assert.Equal(["c", "x", "y", "z"], (await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task A_key_whose_default_was_read_first_takes_its_place_when_it_is_written()
    {
        var key = new SessionKey<List<int>>("default") { DefaultFactory = () => [] };
        var session = _sessions.Create();

        session.Get(key);
        session.Set("first", 1);
        session.Set(key, [1]);

        Assert.Equal(["first", "default"], session.Keys);
        Assert.Equal(["first", "default"], (await _sessions.ReopenAsync(session)).Keys);
    }

    private async Task<Session> StoreAsync(params string[] keys) => await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
    {
        foreach (var key in keys)
            s.Set(key, 1);
    }));
}
