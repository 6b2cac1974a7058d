namespace Sessions.Tests;

public sealed class CycleIdTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_cycled_session_has_a_new_id_and_the_same_data_in_the_same_order()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.CycleId();
        session.Set("c", 3);
        var promised = session.Id;
        await _sessions.SaveAsync(session);

        Assert.NotEqual(id, session.Id);
        Assert.Equal(promised, session.Id);
        Assert.Equal(["b", "a", "c"], (await _sessions.OpenAsync(session.Id!.Value)).Keys);
        Assert.False(await _sessions.ExistsAsync(id));
        Assert.Null(await _sessions.Manager.OpenAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_session_that_is_not_loaded_is_loaded_first_and_kept()
    {
        var session = _sessions.At(await StoreAsync());

        session.CycleId();

        Assert.Equal(["b", "a"], (await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task Cycling_is_one_call_to_the_store()
    {
        var session = await _sessions.OpenAsync(await StoreAsync());
        _sessions.Store.Calls.Clear();

        session.CycleId();
        await _sessions.SaveAsync(session);

        Assert.Equal(["RotateAsync"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task Until_it_is_saved_the_old_id_is_alive()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.CycleId();

        Assert.True(await _sessions.ExistsAsync(id));
        Assert.False(await _sessions.ExistsAsync(session.Id!.Value));
    }

    [Fact]
    public async Task Cycling_twice_before_a_save_cycles_once_and_after_it_again()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.CycleId();
        session.CycleId();
        await _sessions.SaveAsync(session);
        var second = session.Id!.Value;
        session.CycleId();
        await _sessions.SaveAsync(session);

        Assert.Equal(3, new[] { id, second, session.Id!.Value }.Distinct().Count());
        Assert.False(await _sessions.ExistsAsync(second));
        Assert.True(await _sessions.ExistsAsync(session.Id.Value));
    }

    [Fact]
    public async Task A_save_after_the_one_that_cycled_keeps_the_new_id()
    {
        var session = await _sessions.OpenAsync(await StoreAsync());
        session.CycleId();
        await _sessions.SaveAsync(session);
        var id = session.Id;

        session.Set("c", 3);
        await _sessions.SaveAsync(session);

        Assert.Equal(id, session.Id);
        Assert.Equal("3", _sessions.Stored(id!.Value, "c"));
    }

    [Fact]
    public async Task A_new_session_gets_another_id_and_is_stored_only_with_an_entry()
    {
        var session = _sessions.Create();
        session.CycleId();
        Assert.Null(session.Id);

        session.Set("a", 1);
        var first = session.Id;
        session.CycleId();

        Assert.NotEqual(first, session.Id);
        await _sessions.SaveAsync(session);
        Assert.True(await _sessions.ExistsAsync(session.Id!.Value));
        Assert.False(await _sessions.ExistsAsync(first!.Value));
    }

    [Fact]
    public async Task An_unknown_id_is_not_moved_anywhere()
    {
        var session = _sessions.At(SessionId.New());

        session.CycleId();
        await _sessions.SaveAsync(session);

        Assert.Null(session.Id);
        Assert.Equal(["Load"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task A_cycle_that_will_not_be_saved_promises_no_id()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.CycleId();
        session.Modified = false;
        await _sessions.SaveAsync(session);

        Assert.Equal(id, session.Id);
        Assert.True(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task What_another_request_saved_meanwhile_goes_along()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        await _sessions.ElsewhereAsync(id, other => other.Set("c", 3));

        session.CycleId();
        session.Set("a", 10);

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal([2, 10, 3], [next.Get<int>("b"), next.Get<int>("a"), next.Get<int>("c")]);
    }

    [Fact]
    public async Task Cycling_and_clearing_keeps_neither_id_nor_data()
    {
        var id = await StoreAsync();
        var session = _sessions.At(id);

        session.Clear();
        session.CycleId();

        Assert.Empty((await _sessions.ReopenAsync(session)).Keys);
        Assert.NotEqual(id, session.Id);
        Assert.False(await _sessions.ExistsAsync(id));
    }

    private Task<SessionId> StoreAsync() => _sessions.StoreAsync(s =>
    {
        s.Set("b", 2);
        s.Set("a", 1);
    });
}
