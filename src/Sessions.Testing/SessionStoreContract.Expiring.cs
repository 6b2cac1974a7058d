namespace Sessions;

/// <content>The expiry of what is saved, and renewing it.</content>
public abstract partial class SessionStoreContract
{
    [Fact]
    public async Task A_save_keeps_the_stored_expiry_policy()
    {
        var record = Change(set: [("a", "1")], expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))).Apply(null);
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromMinutes(50));

        await Store.SaveAsync(id, Change(record, set: [("a", "2")]), Cancel);

        Assert.Equal(Now + TimeSpan.FromHours(1), (await LiveAsync(id)).ExpiresAt);
    }

    [Fact]
    public async Task A_save_can_change_the_expiry_policy()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, expiry: SessionExpiry.AtMoment(Now + TimeSpan.FromDays(30))), Cancel);
        Time.Advance(TimeSpan.FromDays(29));
        await Store.SaveAsync(id, Change(await LiveAsync(id), set: [("a", "2")]), Cancel);
        Assert.Equal(Now + TimeSpan.FromDays(1), (await LiveAsync(id)).ExpiresAt);

        await Store.SaveAsync(id, Change(await LiveAsync(id), expiry: SessionExpiry.Default), Cancel);
        Assert.Equal(Now + CookieAge, (await LiveAsync(id)).ExpiresAt);
    }

    [Fact]
    public async Task A_policy_that_one_request_changed_survives_the_save_of_another()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))), Cancel);
        await Store.SaveAsync(id, Change(record, set: [("a", "2")]), Cancel);

        Assert.Equal(Now + TimeSpan.FromHours(1), (await LiveAsync(id)).ExpiresAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_save_that_keeps_the_expiry_does_not_undo_a_renewal(bool clear)
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromDays(1));
        await Store.SaveAsync(id, Change(record, set: [("b", "1")]), Cancel);
        var renewed = Now + CookieAge;
        Time.Advance(TimeSpan.FromDays(1));

        var late = Change(record, set: [("a", "2")], clear: clear, keepExpiry: true);
        Assert.Equal(SessionStoreOutcome.Done, (await Store.SaveAsync(id, late, Cancel)).Outcome);

        Assert.Equal(renewed, (await LiveAsync(id)).ExpiresAt);
        Time.Advance(CookieAge - TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));
        await LiveAsync(id);
        Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Clearing_keeps_the_policy()
    {
        var id = await StoreAsync(Change(set: [("a", "1")], expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))).Apply(null));

        await Store.SaveAsync(id, Change(clear: true), Cancel);

        Assert.Equal(Now + TimeSpan.FromHours(1), (await LiveAsync(id)).ExpiresAt);
    }

    [Fact]
    public async Task No_save_extends_a_session_beyond_the_ceiling_counted_from_its_creation()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromDays(10));

        await Store.SaveAsync(id, Change(record, set: [("a", "2")], absoluteTimeout: TimeSpan.FromDays(20)), Cancel);

        Assert.Equal(record.CreatedAt + TimeSpan.FromDays(20), (await LiveAsync(id)).ExpiresAt);
    }

    [Fact]
    public async Task A_renewal_moves_the_expiry_and_nothing_else()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromDays(1));

        var result = await Store.RenewAsync(id, record.Version, Now + CookieAge, Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Done), result);
        AssertSame(record.WithExpiresAt(Now + CookieAge), await Store.LoadAsync(id, Cancel));
        Assert.Equal(SessionStoreOutcome.Done, (await Store.SaveAsync(id, Change(record, set: [("a", "2")]), Cancel)).Outcome);
        AssertEntries(await LiveAsync(id), ("a", "2"));
    }

    [Fact]
    public async Task A_renewed_session_lives_as_long_as_the_renewal_says()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        await Store.RenewAsync(id, record.Version, Now + TimeSpan.FromDays(20), Cancel);
        Time.Advance(TimeSpan.FromDays(19));
        Assert.True(await Store.ExistsAsync(id, Cancel));

        await Store.RenewAsync(id, record.Version, Now + TimeSpan.FromMinutes(5), Cancel);
        Time.Advance(TimeSpan.FromMinutes(5));
        await AssertUnknownAsync(id);
    }

    [Fact]
    public async Task A_renewal_leaves_a_session_that_was_saved_meanwhile()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        var saved = (await Store.SaveAsync(id, Change(record, expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))), Cancel)).Record;

        var result = await Store.RenewAsync(id, record.Version, Now + CookieAge, Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Done), result);
        AssertSame(saved!, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Only_a_live_session_is_renewed()
    {
        string[] dead = [NewId(), await StoreDeletedAsync(), await StoreExpiredAsync()];
        foreach (var id in dead)
        {
            var result = await Store.RenewAsync(id, version: 1, Now + CookieAge, Cancel);

            Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Missing), result);
            await AssertUnknownAsync(id);
        }
    }

    [Fact]
    public async Task A_tombstone_is_not_renewed()
    {
        var id = await StoreRetiredAsync();

        foreach (var version in new[] { SessionRecord.RetiredVersion, 1L })
        {
            Assert.Equal(
                new SessionStoreResult(SessionStoreOutcome.Retired),
                await Store.RenewAsync(id, version, Now + CookieAge, Cancel));
        }

        Assert.True(await IsRetiredAsync(id));
        Time.Advance(SessionRecord.RetirementPeriod);
        await AssertUnknownAsync(id);
    }
}
