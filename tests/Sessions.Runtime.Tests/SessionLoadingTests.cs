namespace Sessions.Tests;

public sealed class SessionLoadingTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_synchronous_first_touch_takes_the_synchronous_path_and_waits_for_nothing()
    {
        var session = _sessions.At(await _sessions.StoreAsync(s => s.Set("n", 5)));
        _sessions.Store.AsyncLoadsNeverEnd = true;

        var read = Task.Run(() => session.Get<int>("n"), TestContext.Current.CancellationToken);

        Assert.Equal(5, await read.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(["Load"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task An_asynchronous_load_never_takes_the_synchronous_path()
    {
        var session = _sessions.At(await _sessions.StoreAsync(s => s.Set("n", 5)));
        _sessions.Store.Failing = nameof(ISessionStore.Load);

        await LoadAsync(session);

        Assert.Equal(5, session.Get<int>("n"));
        Assert.Equal(["LoadAsync"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task A_session_is_loaded_once()
    {
        var session = _sessions.At(await _sessions.StoreAsync(s => s.Set("n", 5)));

        await LoadAsync(session);
        await LoadAsync(session);
        session.Get<int>("n");
        session.Set("n", 6);
        _ = session.Items;
        await LoadAsync(session);

        Assert.Equal(1, _sessions.Store.Loads);
    }

    [Fact]
    public async Task A_new_session_has_nothing_to_load()
    {
        var session = _sessions.Create();

        await LoadAsync(session);
        _ = session.Items;

        Assert.True(session.IsLoaded);
        Assert.Empty(_sessions.Store.Calls);
    }

    [Fact]
    public async Task An_unknown_id_is_looked_up_once_and_never_adopted()
    {
        var unknown = SessionId.New();
        var session = _sessions.At(unknown);
        Assert.Equal(unknown, session.Id);

        Assert.Empty(session.Keys);
        Assert.False(session.ContainsKey("n"));
        Assert.Null(session.Id);
        Assert.True(session.IsNew);
        Assert.True(session.IsEmpty);

        session.Set("n", 1);
        await _sessions.SaveAsync(session);

        Assert.NotEqual(unknown, session.Id);
        Assert.True(await _sessions.ExistsAsync(session.Id!.Value));
        Assert.False(await _sessions.ExistsAsync(unknown));
        Assert.Equal(1, _sessions.Store.Loads);
    }

    [Fact]
    public async Task An_expired_session_is_never_adopted()
    {
        var id = await _sessions.StoreAsync(s => s.Set("n", 1));
        _sessions.Time.Advance(TimeSpan.FromDays(14));
        var session = _sessions.At(id);

        Assert.False(session.ContainsKey("n"));
        session.Set("n", 2);
        await _sessions.SaveAsync(session);

        Assert.NotEqual(id, session.Id);
        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task An_unknown_id_that_is_only_marked_modified_reads_as_a_new_session_afterwards()
    {
        var unknown = SessionId.New();
        var session = _sessions.At(unknown);

        session.Modified = true;
        await _sessions.SaveAsync(session);

        Assert.True(session.IsNew);
        Assert.False(session.ContainsKey("n"));
        await LoadAsync(session);
        session.Set("n", 1);
        await _sessions.SaveAsync(session);
        Assert.NotEqual(unknown, session.Id);
        Assert.False(await _sessions.ExistsAsync(unknown));
    }

    [Fact]
    public async Task A_load_that_failed_can_be_repeated()
    {
        var session = _sessions.At(await _sessions.StoreAsync(s => s.Set("n", 5)));
        _sessions.Store.Failing = nameof(ISessionStore.Load);
        Assert.Throws<IOException>(() => session.Get<int>("n"));
        _sessions.Store.Failing = nameof(ISessionStore.LoadAsync);
        await Assert.ThrowsAsync<IOException>(() => LoadAsync(session));
        _sessions.Store.Failing = null;

        Assert.Equal(5, session.Get<int>("n"));
    }

    [Fact]
    public async Task A_key_is_decoded_once_and_only_when_it_is_read()
    {
        var session = _sessions.At(await _sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            s.Set("b", "two");
            s.Set("c", new List<int> { 3 });
        }));

        _ = (session.Keys, session.Count, session.ContainsKey("a"));
        session.Remove("b");
        Assert.Equal(0, _sessions.Serializer.Decodings);

        session.Get<int>("a");
        session.Get<int>("a");
        session.TryGet<int>("a", out _);
        Assert.Equal(1, _sessions.Serializer.Decodings);

        session.Get<List<int>>("c");
        session.Get<List<int>>("c");
        Assert.Equal(2, _sessions.Serializer.Decodings);
    }

    [Fact]
    public async Task A_value_is_encoded_once_by_the_line_that_sets_it()
    {
        var session = _sessions.Create();

        session.Set("a", 1);
        session.Set("b", new List<int> { 3 });
        await _sessions.SaveAsync(session);

        Assert.Equal(2, _sessions.Serializer.Encodings);
        Assert.Equal(0, _sessions.Serializer.Decodings);
    }

    [Fact]
    public async Task Keys_that_were_not_set_are_written_back_byte_for_byte()
    {
        byte[] odd = [.. " { \"x\" : 1.0 } "u8], broken = [0xFF, 0x00, 0x7B];
        var id = await _sessions.StoreBytesAsync(("odd", odd), ("broken", broken), ("n", [.. "1"u8]));
        var session = _sessions.At(id);

        session.Get<Dictionary<string, double>>("odd");
        session.Set("n", 2);
        await _sessions.SaveAsync(session);

        Assert.True(SessionPayload.TryParse(_sessions.Record(id)!.Payload, out var payload));
        Assert.True(payload.TryFind("odd", out var oddNow));
        Assert.True(payload.TryFind("broken", out var brokenNow));
        Assert.Equal(odd, oddNow.ToArray());
        Assert.Equal(broken, brokenNow.ToArray());
        Assert.Equal(["n"], _sessions.Store.LastDelta!.Set.Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_save_of_a_session_that_was_only_read_asks_the_store_for_nothing()
    {
        var session = _sessions.At(await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 1 })));
        session.Get<List<int>>("xs");
        _sessions.Store.Calls.Clear();

        await _sessions.SaveAsync(session);

        Assert.Empty(_sessions.Store.Calls);
    }

    private static async Task LoadAsync(Session session) => await session.LoadAsync(TestContext.Current.CancellationToken);
}
