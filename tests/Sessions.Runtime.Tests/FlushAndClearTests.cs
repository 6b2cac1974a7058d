namespace Sessions.Tests;

public sealed class FlushAndClearTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_flushed_session_is_gone()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.Flush();
        Assert.Null(session.Id);
        Assert.True(session.IsEmpty);
        Assert.True(session.IsNew);
        Assert.Empty(session.Keys);
        await _sessions.SaveAsync(session);

        Assert.Null(_sessions.Record(id));
        Assert.Null(session.Id);
    }

    [Fact]
    public async Task A_flush_deletes_what_it_has_never_loaded()
    {
        var id = await StoreAsync();
        var session = _sessions.At(id);

        session.Flush();
        await _sessions.SaveAsync(session);

        Assert.Equal(["DeleteAsync"], _sessions.Store.Calls);
        Assert.Null(_sessions.Record(id));
    }

    [Fact]
    public async Task A_flush_drops_what_this_request_wrote()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.Set("b", 2);
        session.SetExpiry(TimeSpan.FromHours(1));
        session.CycleId();

        session.Flush();
        await _sessions.SaveAsync(session);

        Assert.Empty(session.Keys);
        Assert.Equal(TimeSpan.FromDays(14), session.GetExpiryAge());
        Assert.Null(_sessions.Record(id));
        Assert.DoesNotContain("RotateAsync", _sessions.Store.Calls);
    }

    [Fact]
    public async Task A_write_after_a_flush_begins_a_new_session()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.Flush();
        session.Set("b", 2);
        var next = await _sessions.ReopenAsync(session);

        Assert.NotEqual(id, session.Id);
        Assert.Equal(["b"], next.Keys);
        Assert.Equal(_sessions.Now, _sessions.Record(session.Id!.Value)!.CreatedAt);
        Assert.Null(_sessions.Record(id));
    }

    [Fact]
    public async Task A_session_can_be_flushed_again_and_again()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);

        session.Flush();
        session.Set("b", 2);
        session.Flush();
        session.Flush();
        await _sessions.SaveAsync(session);
        Assert.Null(_sessions.Record(id));
        Assert.Null(session.Id);

        session.Set("c", 3);
        await _sessions.SaveAsync(session);
        var second = session.Id!.Value;
        session.Flush();
        await _sessions.SaveAsync(session);
        Assert.Null(_sessions.Record(second));
    }

    [Fact]
    public async Task A_flush_where_there_is_no_session_is_no_error()
    {
        var (created, unknown) = (_sessions.Create(), _sessions.At(SessionId.New()));

        created.Flush();
        unknown.Flush();
        await _sessions.SaveAsync(created);
        await _sessions.SaveAsync(unknown);

        Assert.Equal(["DeleteAsync"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task A_flush_that_failed_can_be_repeated()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.Flush();
        _sessions.Store.Failing = nameof(ISessionStore.DeleteAsync);
        await Assert.ThrowsAsync<IOException>(() => _sessions.SaveAsync(session));
        _sessions.Store.Failing = null;

        await _sessions.SaveAsync(session);

        Assert.Null(_sessions.Record(id));
    }

    [Fact]
    public async Task A_cleared_session_keeps_its_id_record_creation_and_expiry_policy()
    {
        var created = _sessions.Now;
        var id = await _sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            s.SetExpiry(TimeSpan.FromHours(1));
        });
        _sessions.Time.Advance(TimeSpan.FromMinutes(30));
        var session = await _sessions.OpenAsync(id);

        session.Clear();
        Assert.Empty(session.Keys);
        Assert.Equal(id, session.Id);
        await _sessions.SaveAsync(session);

        Assert.Empty((await _sessions.OpenAsync(id)).Keys);
        Assert.Equal(created, _sessions.Record(id)!.CreatedAt);
        Assert.Equal(_sessions.Now + TimeSpan.FromHours(1), _sessions.Record(id)!.ExpiresAt);
    }

    [Fact]
    public async Task A_clear_never_loads_and_empties_what_others_stored_meanwhile()
    {
        var id = await StoreAsync();
        var session = _sessions.At(id);
        session.Clear();
        await _sessions.ElsewhereAsync(id, other => other.Set("b", 2));

        session.Set("c", 3);
        Assert.Equal(["c"], session.Keys);
        await _sessions.SaveAsync(session);

        Assert.Equal(["SaveAsync"], _sessions.Store.Calls);
        Assert.Equal(["c"], (await _sessions.OpenAsync(id)).Keys);
    }

    [Fact]
    public async Task A_save_of_a_cleared_session_is_a_write()
    {
        var id = await StoreAsync();
        var session = _sessions.At(id);

        session.Clear();
        await _sessions.SaveAsync(session);

        Assert.True(_sessions.Store.LastDelta!.Cleared);
        Assert.Null(_sessions.Stored(id, "a"));
        Assert.Equal(2, _sessions.Record(id)!.Version);
    }

    [Fact]
    public async Task A_clear_of_an_unknown_id_stores_nothing_and_is_no_interruption()
    {
        var unknown = SessionId.New();
        var session = _sessions.At(unknown);

        session.Clear();
        await _sessions.SaveAsync(session);

        Assert.True(session.IsNew);
        Assert.Null(session.Id);
        Assert.Equal(["SaveAsync"], _sessions.Store.Calls);
        Assert.Null(_sessions.Record(unknown));
    }

    [Fact]
    public async Task A_clear_does_not_revive_an_expired_session()
    {
        var id = await StoreAsync();
        _sessions.Time.Advance(TimeSpan.FromDays(14));
        var session = _sessions.At(id);

        session.Clear();
        session.Set("b", 2);
        await _sessions.SaveAsync(session);

        Assert.NotEqual(id, session.Id);
        Assert.Equal(["b"], (await _sessions.OpenAsync(session.Id!.Value)).Keys);
        Assert.Null(_sessions.Record(id));
    }

    [Fact]
    public async Task A_clear_of_a_session_that_was_deleted_after_it_was_read_is_an_interruption()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        await _sessions.DeleteAsync(id);

        session.Clear();

        await Assert.ThrowsAsync<SessionInterruptedException>(() => _sessions.SaveAsync(session));
        Assert.Null(_sessions.Record(id));
    }

    private Task<SessionId> StoreAsync() => _sessions.StoreAsync(s => s.Set("a", 1));
}
