namespace Sessions.Tests;

public sealed class SessionReadingTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public void A_missing_key_reads_as_the_default()
    {
        var session = _sessions.Create();

        Assert.Equal(0, session.Get<int>("missing"));
        Assert.Null(session.Get<string>("missing"));
        Assert.Null(session.Get<int?>("missing"));
        Assert.Equal(7, session.Get("missing", 7));
        Assert.Null(session.Get<string?>("missing", null));
        Assert.False(session.TryGet<int>("missing", out var value));
        Assert.Equal(0, value);
        Assert.False(session.ContainsKey("missing"));
        Assert.False(session.Remove("missing"));
    }

    [Fact]
    public void Where_a_value_is_demanded_a_missing_key_is_an_error_that_names_it()
    {
        var session = _sessions.Create();

        foreach (var read in new Action[] { () => _ = session["missing"], () => session.Pop<int>("missing") })
            Assert.Contains("'missing'", Assert.Throws<KeyNotFoundException>(read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_value_is_read_by_every_verb()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("n", 5)));

        Assert.Equal(5, session.Get<int>("n"));
        Assert.Equal(5, session.Get("n", 7));
        Assert.True(session.TryGet<int>("n", out var value));
        Assert.Equal(5, value);
        Assert.Equal(5L, session["n"]);
        Assert.True(session.ContainsKey("n"));
        Assert.Equal(["n"], session.Keys);
        Assert.Equal([5L], session.Values);
        Assert.Equal([KeyValuePair.Create("n", (object?)5L)], session.Items);
        Assert.Equal(1, session.Count);
    }

    [Fact]
    public async Task Keys_are_compared_byte_for_byte()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
        {
            s.Set("key", 1);
            s.Set("KEY", 2);
            s.Set("é", 3);
            s.Set("e\u0301", 4);
        }));

        Assert.Equal([1, 2, 3, 4], new[] { "key", "KEY", "é", "e\u0301" }.Select(key => session.Get<int>(key)));
        Assert.False(session.ContainsKey("Key"));
        Assert.False(session.ContainsKey("ke"));
    }

    [Fact]
    public async Task What_is_listed_takes_the_changes_of_this_request_into_account()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            s.Set("b", 2);
        }));

        session.Set("c", 3);
        session.Set("a", 10);
        session.Remove("b");

        Assert.Equal(["a", "c"], session.Keys);
        Assert.Equal([10, 3], session.Values);
        Assert.Equal(2, session.Count);
    }

    [Fact]
    public void What_was_listed_stays_as_it_was()
    {
        var session = _sessions.Create();
        session.Set("a", 1);
        session.Set("b", 2);

        var (keys, items) = (session.Keys, session.Items);
        foreach (var key in keys)
            session.Remove(key);

        Assert.Equal(["a", "b"], keys);
        Assert.Equal(2, items.Count);
        Assert.Equal(0, session.Count);
    }

    [Fact]
    public async Task Saving_does_not_change_what_is_read()
    {
        var session = _sessions.Create();
        session.Set("a", 1);

        await _sessions.SaveAsync(session);

        Assert.Equal(1, session.Get<int>("a"));
        Assert.Equal(["a"], session.Keys);
        Assert.False(session.Modified);
    }

    [Fact]
    public async Task A_session_without_id_and_entries_is_empty_and_one_with_an_id_never_is()
    {
        var session = _sessions.Create();
        Assert.True(session.IsEmpty);

        session.Set("a", 1);
        Assert.False(session.IsEmpty);

        session.Remove("a");
        Assert.True(session.IsEmpty);

        var stored = _sessions.At(await _sessions.StoreAsync(s => s.Set("a", 1)));
        Assert.False(stored.IsEmpty);
        stored.Clear();
        Assert.False(stored.IsEmpty);
        stored.Flush();
        Assert.True(stored.IsEmpty);
    }

    [Fact]
    public async Task The_id_is_known_as_soon_as_there_is_something_to_store()
    {
        var session = _sessions.Create();
        Assert.Null(session.Id);
        Assert.True(session.IsNew);

        session.Set("a", 1);
        var id = session.Id;
        Assert.NotNull(id);
        Assert.True(session.IsNew);

        await _sessions.SaveAsync(session);
        Assert.Equal(id, session.Id);
        Assert.False(session.IsNew);
        Assert.True(await _sessions.ExistsAsync(id.Value));
        Assert.False(typeof(Session).GetProperty(nameof(Session.Id))!.CanWrite);
    }

    [Fact]
    public void The_id_of_a_session_that_lost_its_only_entry_before_it_was_stored_is_null()
    {
        var session = _sessions.Create();
        session.Set("a", 1);
        Assert.NotNull(session.Id);

        session.Remove("a");

        Assert.Null(session.Id);
    }
}
