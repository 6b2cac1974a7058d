namespace Sessions;

/// <content>Deleting, and clearing what has expired.</content>
public abstract partial class SessionStoreContract
{
    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        var other = await StoreAsync(NewRecord(("b", "2")));

        Assert.Equal(SessionStoreOutcome.Done, await Store.DeleteAsync(id, Cancel));

        await AssertUnknownAsync(id);
        AssertEntries(await LiveAsync(other), ("b", "2"));
    }

    [Fact]
    public async Task Deleting_what_does_not_exist_is_no_error()
    {
        string[] dead = [NewId(), await StoreDeletedAsync(), await StoreExpiredAsync()];
        foreach (var id in dead)
        {
            Assert.Equal(SessionStoreOutcome.Missing, await Store.DeleteAsync(id, Cancel));
            await AssertUnknownAsync(id);
        }
    }

    [Fact]
    public async Task Deleting_a_retired_id_leaves_the_tombstone_and_the_session()
    {
        var (id, newId) = (await StoreAsync(NewRecord(("a", "1"))), NewId());
        await Store.RotateAsync(id, newId, Change(), Cancel);

        Assert.Equal(SessionStoreOutcome.Retired, await Store.DeleteAsync(id, Cancel));

        Assert.True(await IsRetiredAsync(id));
        AssertEntries(await LiveAsync(newId), ("a", "1"));
    }

    [Fact]
    public async Task Clearing_removes_expired_records_and_old_tombstones_only()
    {
        SkipUnlessKept();
        // No write comes after the first expiry: a store may clear up by itself when it writes.
        var (record, brief) = (NewRecord(("a", "1")), Change(expiry: SessionExpiry.AfterIdle(TimeSpan.FromSeconds(40))).Apply(null));
        string[] gone = [await StoreAsync(brief), await StoreAsync(brief), await StoreRetiredAsync()];
        var live = await StoreAsync(record);
        Time.Advance(SessionRecord.RetirementPeriod / 2);
        var retired = await StoreRetiredAsync();
        Time.Advance(SessionRecord.RetirementPeriod / 2);

        Assert.Equal(gone.Length, await Store.ClearExpiredAsync(cancellationToken: Cancel));

        Assert.Equal(0, await Store.ClearExpiredAsync(cancellationToken: Cancel));
        AssertSame(record, await Store.LoadAsync(live, Cancel));
        Assert.True(await IsRetiredAsync(retired));
        foreach (var id in gone)
            Assert.True(await Store.CreateAsync(id, record, Cancel), "A removed record no longer occupies its id.");
    }

    [Fact]
    public async Task Clearing_where_nothing_has_expired_removes_nothing()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        Assert.Equal(0, await Store.ClearExpiredAsync(cancellationToken: Cancel));

        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Clearing_tells_how_many_it_has_removed_so_far()
    {
        SkipUnlessKept();
        const int Expired = 250;
        for (var i = 0; i < Expired; i++)
            await StoreAsync(NewRecord(("a", "1")));
        Time.Advance(CookieAge);
        var progress = new Reports();

        var removed = await Store.ClearExpiredAsync(progress, Cancel);

        Assert.Equal(Expired, removed);
        Assert.Equal(Expired, progress.Numbers[^1]);
        Assert.Equal(progress.Numbers.Order(), progress.Numbers);
    }

    [Fact]
    public async Task A_stopped_clearing_throws_and_a_later_one_goes_on()
    {
        SkipUnlessKept();
        var id = await StoreExpiredAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ClearExpiredAsync(null, stopped.Token));

        Assert.Equal(1, await Store.ClearExpiredAsync(cancellationToken: Cancel));
        await AssertUnknownAsync(id);
    }

    private sealed class Reports : IProgress<long>
    {
        public List<long> Numbers { get; } = [];

        public void Report(long value) => Numbers.Add(value);
    }
}
