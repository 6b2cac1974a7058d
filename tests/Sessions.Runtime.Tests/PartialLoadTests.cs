namespace Sessions.Tests;

/// <summary>A session of which the store gave the endpoint's keys only.</summary>
public sealed class PartialLoadTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task Keys_that_were_loaded_need_no_second_load()
    {
        var session = await LoadPartAsync("a", "b", "absent");

        Assert.Equal(1, session.Get<int>("a"));
        Assert.False(session.ContainsKey("absent"));
        session.Set("b", 20);
        session.Remove("a");
        session.Set("absent", 4);
        await _sessions.SaveAsync(session);

        Assert.Equal(["LoadPartAsync", "SaveAsync"], _sessions.Store.Calls);
        Assert.Equal(["b", "c", "absent"], (await _sessions.OpenAsync(session.Id!.Value)).Keys);
    }

    [Fact]
    public async Task Another_key_loads_the_rest_once_and_keeps_what_was_touched()
    {
        var session = await LoadPartAsync("a", "b");
        session.Set("a", 10);
        var list = session.Get<List<int>>("b");

        Assert.Equal(3, session.Get<int>("c"));
        Assert.Equal(["a", "b", "c"], session.Keys);

        Assert.Equal(10, session.Get<int>("a"));
        Assert.Same(list, session.Get<List<int>>("b"));
        Assert.Equal(["LoadPartAsync", "Load"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task Whatever_needs_all_keys_loads_the_rest()
    {
        foreach (var act in new Action<Session>[] { s => _ = s.Count, s => _ = s.Keys, s => _ = s.Items, s => s.Set("new", 1), s => s.Update([new("new", 1)]), s => s.Remove("c") })
        {
            var session = await LoadPartAsync("a");

            act(session);

            Assert.Equal(["LoadPartAsync", "Load"], _sessions.Store.Calls);
        }
    }

    [Fact]
    public async Task What_needs_no_key_loads_nothing_more()
    {
        var session = await LoadPartAsync("a");

        session.SetExpiry(TimeSpan.FromHours(1));
        session.CycleId();
        _ = (session.Id, session.IsNew, session.IsEmpty, session.GetExpiryAge());
        await _sessions.SaveAsync(session);

        Assert.Equal(["LoadPartAsync", "RotateAsync"], _sessions.Store.Calls);
        Assert.Equal(["a", "b", "c"], (await _sessions.OpenAsync(session.Id!.Value)).Keys);
    }

    [Fact]
    public async Task A_renewal_loads_nothing_more()
    {
        var session = await LoadPartAsync("a");

        Assert.True(await session.RenewAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["LoadPartAsync", "RenewAsync"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task Asynchronous_code_loads_the_rest_without_blocking()
    {
        var session = await LoadPartAsync("a");
        _sessions.Store.Failing = nameof(ISessionStore.Load);

        await session.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, session.Get<int>("c"));
    }

    [Fact]
    public async Task What_others_saved_meanwhile_is_seen_in_keys_that_were_not_loaded()
    {
        var session = await LoadPartAsync("a");
        await _sessions.ElsewhereAsync(session.Id!.Value, other => other.Update([new("a", 100), new("c", 300)]));

        Assert.Equal(300, session.Get<int>("c"));
        session.Set("b", 20);
        await _sessions.SaveAsync(session);

        Assert.Equal(100, (await _sessions.OpenAsync(session.Id.Value)).Get<int>("a"));
    }

    [Fact]
    public async Task Of_a_session_that_ended_meanwhile_the_rest_is_missing_and_a_save_is_interrupted()
    {
        var session = await LoadPartAsync("a");
        await _sessions.DeleteAsync(session.Id!.Value);

        Assert.Equal(1, session.Get<int>("a"));
        Assert.False(session.ContainsKey("c"));
        session.Set("a", 2);

        await Assert.ThrowsAsync<SessionInterruptedException>(() => _sessions.SaveAsync(session));
    }

    [Fact]
    public async Task The_size_of_what_was_not_loaded_counts()
    {
        var sessions = new TestSessions(options => options.MaxPayloadBytes = 1000);
        var id = await sessions.StoreAsync(s => s.Update([new("small", 1), new("large", new string('x', 900))]));
        var session = sessions.At(id);
        sessions.Store.LoadsParts = true;
        await session.LoadAsync(["small"], TestContext.Current.CancellationToken);

        Assert.Throws<SessionTooLargeException>(() => session.Set("small", new string('y', 200)));
        session.Set("small", new string('y', 20));
        await sessions.SaveAsync(session);
        Assert.Throws<SessionTooLargeException>(() => session.Set("small", new string('y', 200)));
    }

    [Fact]
    public async Task Discarding_keeps_the_part()
    {
        var session = await LoadPartAsync("a");
        session.Set("a", 10);

        session.Discard();

        Assert.Equal(1, session.Get<int>("a"));
        Assert.Equal(3, session.Get<int>("c"));
        Assert.Equal(["LoadPartAsync", "Load"], _sessions.Store.Calls);
    }

    private async Task<Session> LoadPartAsync(params string[] keys)
    {
        var id = await _sessions.StoreAsync(s => s.Update([new("a", 1), new("b", new List<int> { 2 }), new("c", 3)]));
        _sessions.Store.LoadsParts = true;
        var session = _sessions.At(id);
        await session.LoadAsync(keys, TestContext.Current.CancellationToken);
        return session;
    }
}
