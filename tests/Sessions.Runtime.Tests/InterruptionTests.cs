namespace Sessions.Tests;

/// <summary>Sessions that another request ends or rotates while this one runs.</summary>
public sealed class InterruptionTests
{
    private readonly TestSessions _sessions = new();

    public static TheoryData<string> Endings => ["deleted", "flushed", "expired", "rotated"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_save_never_brings_back_a_session_that_ended_meanwhile(string ending)
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.Set("b", 2);
        await EndAsync(id, ending);

        var error = await Assert.ThrowsAsync<SessionInterruptedException>(() => _sessions.SaveAsync(session));

        Assert.Equal(400, error.StatusCode);
        Assert.False(await _sessions.ExistsAsync(id));
        Assert.Equal(["SaveAsync"], _sessions.Store.Calls.Where(call => call != "ExistsAsync"));
        Assert.Empty(session.Keys);
        Assert.True(session.IsNew);
        Assert.Null(session.Id);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_rotation_never_brings_back_a_session_that_ended_meanwhile(string ending)
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.CycleId();
        var newId = session.Id!.Value;
        await EndAsync(id, ending);

        await Assert.ThrowsAsync<SessionInterruptedException>(() => _sessions.SaveAsync(session));

        Assert.False(await _sessions.ExistsAsync(id));
        Assert.False(await _sessions.ExistsAsync(newId));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_request_that_only_read_is_not_interrupted(string ending)
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        await EndAsync(id, ending);

        Assert.Equal(1, session.Get<int>("a"));
        await _sessions.SaveAsync(session);

        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("flushed")]
    [InlineData("expired")]
    public async Task A_session_that_ended_before_the_first_touch_is_replaced_by_a_new_one(string ending)
    {
        var id = await StoreAsync();
        var session = _sessions.At(id);
        await EndAsync(id, ending);

        session.Set("b", 2);
        await _sessions.SaveAsync(session);

        Assert.NotEqual(id, session.Id);
        Assert.Equal(["b"], (await _sessions.OpenAsync(session.Id!.Value)).Keys);
        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task A_retired_id_reads_empty()
    {
        var (id, newId) = await RotateAsync();
        var session = _sessions.At(id);

        Assert.Empty(session.Keys);
        Assert.Equal(0, session.Get<int>("a"));
        Assert.Equal(0, session.Count);
        Assert.True(session.IsNew);
        Assert.True(session.IsRetired);
        Assert.False(session.IsUnknown);
        await _sessions.SaveAsync(session);
        Assert.Null(await _sessions.Manager.OpenAsync(id, TestContext.Current.CancellationToken));
        Assert.Equal(["a"], (await _sessions.OpenAsync(newId)).Keys);
    }

    public static TheoryData<string> Writes => ["Set", "Clear", "Clear and Set", "Update", "Modified", "CycleId", "Flush and Set"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_under_a_retired_id_is_an_interruption_and_changes_nothing(string write)
    {
        var (id, newId) = await RotateAsync();
        var session = _sessions.At(id);
        Action<Session> act = write switch
        {
            "Set" => s => s.Set("a", 2),
            "Clear" => s => s.Clear(),
            "Clear and Set" => s =>
            {
                s.Clear();
                s.Set("a", 2);
            },
            "Update" => s => s.Update([new("a", 2)]),
            "Modified" => s => s.Modified = true,
            "CycleId" => s => s.CycleId(),
            _ => s =>
            {
                s.Flush();
                s.Set("a", 2);
            },
        };

        act(session);
        await Assert.ThrowsAsync<SessionInterruptedException>(() => _sessions.SaveAsync(session));

        Assert.Equal("1", _sessions.Stored(newId, "a"));
        Assert.True(_sessions.Record(id)!.IsRetired);
        Assert.DoesNotContain("CreateAsync", _sessions.Store.Calls);
    }

    [Fact]
    public async Task A_late_flush_under_a_retired_id_does_not_end_the_rotated_session()
    {
        var (id, newId) = await RotateAsync();
        var session = _sessions.At(id);

        session.Flush();
        await _sessions.SaveAsync(session);

        Assert.True(session.IsRetired);
        Assert.Equal(["a"], (await _sessions.OpenAsync(newId)).Keys);
    }

    [Fact]
    public async Task After_a_minute_a_retired_id_is_unknown()
    {
        var (id, newId) = await RotateAsync();
        _sessions.Time.Advance(TimeSpan.FromMinutes(1));
        var session = _sessions.At(id);

        session.Set("b", 2);
        await _sessions.SaveAsync(session);

        Assert.False(session.IsRetired);
        Assert.NotEqual(id, session.Id);
        Assert.NotEqual(newId, session.Id);
        Assert.Equal(["b"], (await _sessions.OpenAsync(session.Id!.Value)).Keys);
    }

    [Fact]
    public async Task Requests_that_change_different_keys_at_once_both_survive()
    {
        var id = await StoreAsync();
        var (first, second) = (await _sessions.OpenAsync(id), await _sessions.OpenAsync(id));
        first.Set("b", 2);
        second.Set("c", 3);
        second.Remove("a");

        await _sessions.SaveAsync(first);
        await _sessions.SaveAsync(second);

        var next = await _sessions.OpenAsync(id);
        Assert.Equal(["b", "c"], next.Keys);
        Assert.Equal([2L, 3L], next.Values);
    }

    private Task<SessionId> StoreAsync() => _sessions.StoreAsync(s => s.Set("a", 1));

    private async Task<(SessionId Old, SessionId New)> RotateAsync()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.CycleId();
        await _sessions.SaveAsync(session);
        _sessions.Store.Calls.Clear();
        return (id, session.Id!.Value);
    }

    private async Task EndAsync(SessionId id, string ending)
    {
        if (ending == "deleted")
            await _sessions.DeleteAsync(id);
        else if (ending == "expired")
            _sessions.Time.Advance(TimeSpan.FromDays(14));
        else
            await _sessions.ElsewhereAsync(id, ending == "flushed" ? other => other.Flush() : other => other.CycleId());
        _sessions.Store.Calls.Clear();
    }
}
