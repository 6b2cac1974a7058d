namespace Sessions.Tests;

/// <summary>What ended stays ended, whatever the cache does meanwhile.</summary>
public sealed class CachedSignOutTests : CachedTests
{
    // The calls of a sign-out: two Gets, Set of the marker, then, after the row, Set of the marker and Remove of the entry. The sixth never comes.
    public static TheoryData<int, bool> Failures => new(
        from call in Enumerable.Range(0, 6) from afterwards in new[] { false, true } select (call, afterwards));

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_session_that_is_signed_out_while_the_cache_fails_never_comes_back(int failing, bool afterwards)
    {
        var (id, _) = await StoreAsync();
        var old = Server.Entries[Entry(id)];
        var call = 0;
        A.Cache.Before = _ => call++ is var current && (current == failing || (afterwards && current > failing))
            ? throw new IOException("The cache is down.")
            : Task.CompletedTask;

        Assert.Equal(SessionStoreOutcome.Done, await A.Store.DeleteAsync(id, Cancel));

        Assert.Null(await A.LoadAsync(id));
        Assert.Null(A.Store.Load(id));
        if (failing > 2)
            Assert.Null(await B.LoadAsync(id));   // the first marker was set
        if (failing < 5)
            await RecoverAsync(A);
        Server.Entries[Entry(id)] = old;
        await AssertNeverBackAsync(id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_dies_around_the_commit_leaves_no_session_behind(bool committed)
    {
        var (id, record) = await StoreAsync();
        Database.Failing = nameof(ISessionStore.DeleteAsync);
        A.Cache.Before = _ => Database.Calls.Contains(nameof(ISessionStore.DeleteAsync))
            ? throw new IOException("Its process is gone.")
            : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<IOException>(() => A.Store.DeleteAsync(id, Cancel).AsTask());
        Database.Failing = null;
        if (committed)
            await Database.DeleteAsync(id, Cancel);

        Assert.Equal(committed ? null : record.Version, (await B.LoadAsync(id))?.Version);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_reader_whose_put_is_held_up_past_the_sign_out_does_not_revive_the_session(bool sameProcess, bool rotated)
    {
        var (id, record) = await StoreAsync();
        Server.Entries.Clear();
        var reader = sameProcess ? A : B;
        var put = HoldNextPut(reader);
        var read = reader.LoadAsync(id);
        await put.Arrived;

        await EndAsync(id, record, rotated);
        put.Open();

        Assert.NotNull(await read);
        Assert.NotNull(Server.Get(Entry(id)));
        await AssertNeverBackAsync(id, rotated);
    }

    [Fact]
    public async Task A_save_whose_put_is_held_up_past_the_sign_out_does_not_revive_the_session()
    {
        var (id, record) = await StoreAsync();
        var put = HoldNextPut(B);
        var save = B.Store.SaveAsync(id, Change(record, "b"), Cancel).AsTask();
        await put.Arrived;

        await A.Store.DeleteAsync(id, Cancel);
        put.Open();

        Assert.Equal(SessionStoreOutcome.Done, (await save).Outcome);
        await AssertNeverBackAsync(id);
    }

    [Fact]
    public async Task A_marker_that_the_cache_lost_before_the_commit_is_set_again()
    {
        var (id, _) = await StoreAsync();
        Server.Entries.Clear();
        var put = HoldNextPut(B);
        var read = B.LoadAsync(id);
        await put.Arrived;
        var isLost = false;
        A.Cache.Before = _ =>
        {
            if (!isLost && Database.Calls.Contains(nameof(ISessionStore.DeleteAsync)))
                isLost = Server.Entries.TryRemove(Marker(id), out var _);
            return Task.CompletedTask;
        };

        await A.Store.DeleteAsync(id, Cancel);
        put.Open();
        await read;

        await AssertNeverBackAsync(id);
    }

    [Fact]
    public async Task A_rotation_is_seen_by_every_process_at_once_and_the_new_id_is_cached()
    {
        var (id, record) = await StoreAsync();
        Assert.True(await IsServedByCacheAsync(B, id));
        var newId = NewId();

        await A.Store.RotateAsync(id, newId, Change(record, "b"), Cancel);

        Assert.True((await B.LoadAsync(id))?.IsRetired);
        Assert.True(B.Store.Load(id)?.IsRetired);
        Assert.False(await B.Store.ExistsAsync(id, Cancel));
        Assert.True(await IsServedByCacheAsync(B, newId));
        Assert.Equal(SessionStoreOutcome.Retired, (await B.Store.SaveAsync(id, Change(record, "c"), Cancel)).Outcome);
        await AssertNeverBackAsync(id, retired: true);
    }

    [Fact]
    public async Task Sign_outs_of_ids_that_nobody_has_leave_nothing_in_the_cache()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(SessionStoreOutcome.Missing, await A.Store.DeleteAsync(NewId(), Cancel));
            Assert.Equal(SessionStoreOutcome.Missing, (await A.Store.RotateAsync(NewId(), NewId(), Change(null), Cancel)).Outcome);
            Assert.Equal(SessionStoreOutcome.Missing, (await A.Store.SaveAsync(NewId(), Change(null), Cancel)).Outcome);
            Assert.Null(await A.LoadAsync(NewId()));
        }

        Assert.Empty(Server.Entries);
    }

    private async Task EndAsync(string id, SessionRecord record, bool rotated)
    {
        // A put that is held up keeps its turn, for which those of some other ids wait.
        var newId = Enumerable.Repeat(0, 1000).Select(_ => NewId()).First(other => LockSlots.Of(other) != LockSlots.Of(id));
        if (rotated)
            Assert.Equal(SessionStoreOutcome.Done, (await A.Store.RotateAsync(id, newId, Change(record), Cancel)).Outcome);
        else
            Assert.Equal(SessionStoreOutcome.Done, await A.Store.DeleteAsync(id, Cancel));
    }

    // Until long after the marker, in the processes that were there and in one that has just begun.
    private async Task AssertNeverBackAsync(string id, bool retired = false)
    {
        using var late = NewProcess();
        foreach (var pause in new[] { 0, 30, 60, 200, 60, 300, 10, 10_000 })
        {
            Time.Advance(TimeSpan.FromSeconds(pause));
            retired &= pause < 60;
            foreach (var process in new[] { A, B, late })
            {
                Assert.Equal(retired ? SessionRecord.RetiredVersion : null, (await process.LoadAsync(id))?.Version);
                Assert.Equal(retired ? SessionRecord.RetiredVersion : null, process.Store.Load(id)?.Version);
                Assert.False(await process.Store.ExistsAsync(id, Cancel));
            }
        }
    }
}
