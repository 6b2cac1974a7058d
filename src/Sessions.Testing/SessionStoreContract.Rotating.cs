namespace Sessions;

/// <content>Rotating.</content>
public abstract partial class SessionStoreContract
{
    [Fact]
    public async Task A_rotation_moves_the_session_and_retires_the_old_id()
    {
        var record = NewRecord(("a", "1"), ("b", "2"));
        var (id, newId) = (await StoreAsync(record), NewId());
        Time.Advance(TimeSpan.FromHours(1));

        var result = await Store.RotateAsync(id, newId, Change(record, set: [("c", "3")], remove: ["a"]), Cancel);

        Assert.Equal(SessionStoreOutcome.Done, result.Outcome);
        AssertEntries(result.Record, ("b", "2"), ("c", "3"));
        Assert.Equal(record.Version + 1, result.Record?.Version);
        Assert.Equal(record.CreatedAt, result.Record?.CreatedAt);
        Assert.Equal(Now + CookieAge, result.Record?.ExpiresAt);
        AssertSame(result.Record!, await Store.LoadAsync(newId, Cancel));
        Assert.True(await Store.ExistsAsync(newId, Cancel));
        Assert.True(await IsRetiredAsync(id));
        Assert.False(await Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public async Task A_rotation_takes_along_what_others_saved_meanwhile()
    {
        var record = NewRecord(("a", "1"));
        var (id, newId) = (await StoreAsync(record), NewId());

        await Store.SaveAsync(id, Change(record, set: [("b", "2")], expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))), Cancel);
        await Store.RotateAsync(id, newId, Change(record, set: [("c", "3")]), Cancel);

        var rotated = await LiveAsync(newId);
        Assert.True(Holds(rotated, "a", "1") && Holds(rotated, "b", "2") && Holds(rotated, "c", "3"));
        Assert.Equal(Now + TimeSpan.FromHours(1), rotated.ExpiresAt);
    }

    [Fact]
    public async Task A_rotated_session_can_be_saved_and_rotated_again()
    {
        var (first, second, third) = (await StoreAsync(NewRecord(("a", "1"))), NewId(), NewId());

        await Store.RotateAsync(first, second, Change(), Cancel);
        await Store.SaveAsync(second, Change(set: [("b", "2")]), Cancel);
        await Store.RotateAsync(second, third, Change(), Cancel);

        AssertEntries(await LiveAsync(third), ("a", "1"), ("b", "2"));
        Assert.True(await IsRetiredAsync(first));
        Assert.True(await IsRetiredAsync(second));
    }

    [Fact]
    public async Task A_tombstone_stays_for_a_minute()
    {
        var id = await StoreRetiredAsync();

        Time.Advance(SessionRecord.RetirementPeriod - TimeSpan.FromSeconds(1));
        Assert.True(await IsRetiredAsync(id));

        Time.Advance(TimeSpan.FromSeconds(1));
        await AssertUnknownAsync(id);
        Assert.Equal(SessionStoreOutcome.Missing, (await Store.SaveAsync(id, Change(set: [("a", "2")]), Cancel)).Outcome);
        Assert.Equal(SessionStoreOutcome.Missing, (await Store.RotateAsync(id, NewId(), Change(), Cancel)).Outcome);
        Assert.Equal(SessionStoreOutcome.Missing, await Store.DeleteAsync(id, Cancel));
    }

    [Fact]
    public async Task A_rotation_to_an_id_that_is_taken_changes_nothing()
    {
        var (record, other) = (NewRecord(("a", "1")), NewRecord(("b", "2")));
        var (id, taken) = (await StoreAsync(record), await StoreAsync(other));

        var result = await Store.RotateAsync(id, taken, Change(record, set: [("c", "3")]), Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.IdTaken), result);
        AssertSame(record, await Store.LoadAsync(id, Cancel));
        AssertSame(other, await Store.LoadAsync(taken, Cancel));
    }

    [Fact]
    public async Task A_rotation_to_a_retired_id_changes_nothing()
    {
        var record = NewRecord(("a", "1"));
        var (retired, id) = (await StoreRetiredAsync(), await StoreAsync(record));

        var result = await Store.RotateAsync(id, retired, Change(record, set: [("c", "3")]), Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.IdTaken), result);
        AssertSame(record, await Store.LoadAsync(id, Cancel));
        Assert.True(await IsRetiredAsync(retired));
    }

    [Fact]
    public async Task A_rotation_to_its_own_id_changes_nothing()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        var result = await Store.RotateAsync(id, id, Change(record, set: [("c", "3")]), Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.IdTaken), result);
        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Only_a_live_session_is_rotated()
    {
        string[] dead = [NewId(), await StoreDeletedAsync(), await StoreExpiredAsync()];
        foreach (var id in dead)
        {
            var newId = NewId();

            var result = await Store.RotateAsync(id, newId, Change(NewRecord(("a", "1")), set: [("b", "2")]), Cancel);

            Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Missing), result);
            await AssertUnknownAsync(id);
            await AssertUnknownAsync(newId);
        }
    }

    [Fact]
    public async Task A_retired_id_is_not_rotated()
    {
        var (id, newId) = (await StoreRetiredAsync(), NewId());

        var result = await Store.RotateAsync(id, newId, Change(NewRecord(("a", "1")), set: [("b", "2")]), Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Retired), result);
        Assert.True(await IsRetiredAsync(id));
        await AssertUnknownAsync(newId);
    }
}
