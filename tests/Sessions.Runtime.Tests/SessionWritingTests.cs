namespace Sessions.Tests;

public sealed class SessionWritingTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task What_is_set_is_read_by_the_next_request()
    {
        var session = _sessions.Create();
        session.Set("cat", "dog");
        session["n"] = 1;

        var next = await _sessions.ReopenAsync(session);

        Assert.Equal("dog", next.Get<string>("cat"));
        Assert.Equal(1, next.Get<int>("n"));
    }

    [Fact]
    public async Task A_popped_value_is_returned_and_gone()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("cat", "dog")));

        Assert.Equal("dog", session.Pop<string>("cat"));
        Assert.False(session.ContainsKey("cat"));
        Assert.Equal("none", session.Pop("cat", "none"));
        Assert.Null(session.Pop<string?>("cat", null));

        var next = await _sessions.ReopenAsync(session);
        Assert.False(next.ContainsKey("cat"));
        Assert.False(next.IsNew);
    }

    [Fact]
    public async Task A_default_is_stored_only_where_the_key_is_missing()
    {
        var session = _sessions.Create();

        Assert.Equal("bar", session.SetDefault("foo", "bar"));
        Assert.Equal("bar", session.SetDefault("foo", "baz"));

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal("bar", next.SetDefault("foo", "baz"));
        Assert.False(next.Modified);
    }

    [Fact]
    public async Task A_default_is_made_only_where_the_key_is_missing()
    {
        var session = _sessions.Create();
        var made = 0;

        Assert.Equal(1, session.SetDefault("n", () => ++made));
        Assert.Equal(1, session.SetDefault("n", () => ++made));

        Assert.Equal(1, made);
        Assert.Equal(1, (await _sessions.ReopenAsync(session)).Get<int>("n"));
    }

    [Fact]
    public void A_default_that_cannot_be_made_stores_nothing()
    {
        var session = _sessions.Create();

        Assert.Throws<FormatException>(() => session.SetDefault<int>("n", () => throw new FormatException()));
        Assert.Throws<ArgumentNullException>(() => session.SetDefault("n", (Func<int>)null!));

        Assert.False(session.ContainsKey("n"));
        Assert.False(session.Modified);
    }

    [Fact]
    public void A_default_that_is_an_object_is_the_object_that_later_reads_give()
    {
        var session = _sessions.Create();

        var lines = session.SetDefault("xs", () => new List<int>());

        Assert.Same(lines, session.Get<List<int>>("xs"));
    }

    [Fact]
    public async Task A_stored_null_is_a_value_to_a_default()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set<string?>("s", null)));

        Assert.Null(session.SetDefault<string?>("s", "default"));
        Assert.False(session.Modified);
    }

    [Fact]
    public async Task An_update_merges()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            s.Set("b", 2);
        }));

        session.Update([new("b", 20), new("c", "three"), new("d", null), new("e", new List<int> { 5 })]);

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal([1, 20], [next.Get<int>("a"), next.Get<int>("b")]);
        Assert.Equal("three", next.Get<string>("c"));
        Assert.Null(next["d"]);
        Assert.Equal([5], next.Get<List<int>>("e"));
    }

    [Fact]
    public async Task Of_two_items_with_one_key_the_later_is_kept()
    {
        var session = _sessions.Create();

        session.Update([new("a", "a longer text"), new("b", 2), new("a", 1)]);

        Assert.Equal(1, session.Get<int>("a"));
        Assert.Equal(["a", "b"], session.Keys);
        Assert.Equal(1, (await _sessions.ReopenAsync(session)).Get<int>("a"));
    }

    [Fact]
    public void An_update_with_an_item_that_cannot_be_stored_stores_none()
    {
        var sessions = new TestSessions(options => options.MaxPayloadBytes = 100);
        var session = sessions.Create();
        session.Set("a", 1);
        session.Modified = false;

        Assert.Throws<ArgumentException>(() => session.Update([new("a", 2), new("_b", 3)]));
        Assert.Throws<ArgumentException>(() => session.Update([new("a", 2), new("", 3)]));
        Assert.Throws<SessionValueException>(() => session.Update([new("a", 2), new("b", new Action(() => { }))]));
        Assert.Throws<SessionTooLargeException>(() => session.Update([new("a", 2), new("b", new string('x', 100))]));
        Assert.Throws<FormatException>(() => session.Update(Broken()));
        Assert.Throws<ArgumentNullException>(() => session.Update(null!));

        Assert.Equal(1, session.Get<int>("a"));
        Assert.Equal(["a"], session.Keys);
        Assert.False(session.Modified);

        static IEnumerable<KeyValuePair<string, object?>> Broken()
        {
            yield return new("a", 2);
            throw new FormatException();
        }
    }

    [Fact]
    public void A_value_that_cannot_be_encoded_is_refused_by_the_line_that_sets_it()
    {
        var session = _sessions.Create();
        session.Set("a", 1);
        session.Modified = false;

        var error = Assert.Throws<SessionValueException>(() => session.Set("a", new Action(() => { })));

        Assert.Equal("a", error.Key);
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Contains("System.Action", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Throws<SessionValueException>(() => session["a"] = double.NaN).Key);
        Assert.Equal(1, session.Get<int>("a"));
        Assert.False(session.Modified);
    }

    [Fact]
    public async Task A_save_that_failed_can_be_repeated()
    {
        var id = await _sessions.StoreAsync(s => s.Set("a", 1));
        var session = await _sessions.OpenAsync(id);
        session.Set("b", 2);
        _sessions.Store.Failing = nameof(ISessionStore.SaveAsync);
        await Assert.ThrowsAsync<IOException>(() => _sessions.SaveAsync(session));
        _sessions.Store.Failing = null;

        var next = await _sessions.ReopenAsync(session);

        Assert.Equal([1, 2], [next.Get<int>("a"), next.Get<int>("b")]);
    }

    [Fact]
    public async Task Modified_false_saves_nothing()
    {
        var id = await _sessions.StoreAsync(s => s.Set("a", 1));
        var session = await _sessions.OpenAsync(id);
        session.Set("a", 2);
        _sessions.Store.Calls.Clear();

        session.Modified = false;
        await _sessions.SaveAsync(session);

        Assert.Empty(_sessions.Store.Calls);
        Assert.Equal("1", _sessions.Stored(id, "a"));
    }

    [Fact]
    public async Task A_new_session_without_entries_is_never_stored()
    {
        var session = _sessions.Create();
        session.Set("a", 1);
        session.Remove("a");
        session.SetExpiry(TimeSpan.FromHours(1));
        session.CycleId();
        session.Clear();
        session.Modified = true;

        await _sessions.SaveAsync(session);

        Assert.Empty(_sessions.Store.Calls);
        Assert.Null(session.Id);
    }

    [Fact]
    public async Task Modified_true_on_a_stored_session_saves_it_without_changing_it()
    {
        var id = await _sessions.StoreAsync(s => s.Set("a", 1));
        _sessions.Time.Advance(TimeSpan.FromDays(13));
        var session = _sessions.At(id);

        session.Modified = true;
        await _sessions.SaveAsync(session);

        Assert.Equal(_sessions.Now + TimeSpan.FromDays(14), _sessions.Record(id)!.ExpiresAt);
        Assert.Equal(1, session.Get<int>("a"));
    }

    [Fact]
    public async Task A_session_whose_last_entry_is_removed_is_kept()
    {
        var id = await _sessions.StoreAsync(s => s.Set("a", 1));
        var session = await _sessions.OpenAsync(id);

        session.Remove("a");
        await _sessions.SaveAsync(session);

        Assert.True(await _sessions.ExistsAsync(id));
        Assert.Empty((await _sessions.OpenAsync(id)).Keys);
    }
}
