namespace Sessions.Tests;

/// <summary>What the middleware does at the end of a request besides saving.</summary>
public sealed class DiscardAndRenewTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_flush_that_was_saved_stands_when_later_writes_are_discarded()
    {
        var id = await _sessions.StoreAsync(s => s.Set("user", "ada"));
        var session = _sessions.At(id);
        session.Flush();
        await _sessions.SaveAsync(session);
        session.Set("message", "signed out");

        session.Discard();

        Assert.True(session.IsEnded);
        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task A_discarded_session_is_what_it_was_before_the_request_changed_it()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.Set("a", 2);
        session.Set("b", 2);
        session.SetExpiry(TimeSpan.FromHours(1));
        session.CycleId();

        session.Discard();
        await _sessions.SaveAsync(session);

        Assert.Equal(id, session.Id);
        Assert.Equal([KeyValuePair.Create("a", (object?)1L)], session.Items);
        Assert.Equal(TimeSpan.FromDays(14), session.GetExpiryAge());
        Assert.False(session.Modified);
        Assert.Equal(1, _sessions.Record(id)!.Version);
    }

    [Fact]
    public async Task What_was_saved_before_stays_when_the_rest_is_discarded()
    {
        var session = _sessions.Create();
        session.Set("a", 1);
        await _sessions.SaveAsync(session);
        session.Set("b", 2);

        session.Discard();

        Assert.Equal(["a"], session.Keys);
    }

    [Fact]
    public async Task A_discarded_clear_is_loaded_again()
    {
        var session = _sessions.At(await StoreAsync());
        session.Clear();

        session.Discard();

        Assert.Equal(["a"], session.Keys);
        Assert.False(session.Modified);
    }

    [Fact]
    public void A_discarded_new_session_is_empty()
    {
        var session = _sessions.Create();
        session.Set("a", 1);

        session.Discard();

        Assert.True(session.IsEmpty);
        Assert.Null(session.Id);
        Assert.Empty(session.Keys);
    }

    [Fact]
    public async Task A_flush_with_nothing_after_it_is_not_discarded()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.Flush();

        session.Discard();
        await _sessions.SaveAsync(session);

        Assert.Null(_sessions.Record(id));
    }

    [Fact]
    public async Task A_flush_with_a_write_after_it_is_discarded_as_a_whole()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        session.Flush();
        session.Set("b", 2);

        session.Discard();
        await _sessions.SaveAsync(session);

        Assert.Equal(id, session.Id);
        Assert.Equal(["a"], session.Keys);
        Assert.NotNull(_sessions.Record(id));
    }

    [Fact]
    public async Task A_renewal_follows_the_sessions_own_policy_and_changes_nothing_else()
    {
        var id = await _sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            s.SetExpiry(TimeSpan.FromHours(1));
        });
        var before = _sessions.Record(id)!;
        _sessions.Time.Advance(TimeSpan.FromMinutes(30));
        var session = _sessions.At(id);

        Assert.True(await RenewAsync(session));

        var after = _sessions.Record(id)!;
        Assert.Equal(_sessions.Now + TimeSpan.FromHours(1), after.ExpiresAt);
        Assert.Equal((before.Version, before.CreatedAt), (after.Version, after.CreatedAt));
        Assert.Equal(before.Payload.ToArray(), after.Payload.ToArray());
        Assert.False(session.Accessed);
        Assert.Equal(["LoadAsync", "RenewAsync"], _sessions.Store.Calls);
    }

    [Fact]
    public async Task Only_a_live_session_is_renewed()
    {
        var (deleted, rotated) = (await StoreAsync(), await StoreAsync());
        await _sessions.DeleteAsync(deleted);
        await _sessions.ElsewhereAsync(rotated, other => other.CycleId());
        foreach (var session in new[] { _sessions.Create(), _sessions.At(SessionId.New()), _sessions.At(deleted), _sessions.At(rotated) })
        {
            Assert.False(await RenewAsync(session));
            Assert.True(session.IsNew);
        }

        Assert.DoesNotContain("RenewAsync", _sessions.Store.Calls);
    }

    [Fact]
    public async Task A_session_that_ends_before_it_is_renewed_stays_ended()
    {
        var id = await StoreAsync();
        var session = await _sessions.OpenAsync(id);
        await _sessions.DeleteAsync(id);

        Assert.False(await RenewAsync(session));

        Assert.Null(_sessions.Record(id));
    }

    private static async Task<bool> RenewAsync(Session session) => await session.RenewAsync(TestContext.Current.CancellationToken);

    private Task<SessionId> StoreAsync() => _sessions.StoreAsync(s => s.Set("a", 1));
}
