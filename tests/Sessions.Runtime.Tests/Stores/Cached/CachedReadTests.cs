using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sessions.Tests;

/// <summary>What reads are answered with, and by whom.</summary>
public sealed class CachedReadTests : CachedTests
{
    [Fact]
    public async Task What_was_created_saved_renewed_or_read_is_served_by_the_cache()
    {
        var (id, record) = await StoreAsync();
        Assert.True(await IsServedByCacheAsync(A, id));
        Assert.True(await IsServedByCacheAsync(B, id));

        await A.Store.SaveAsync(id, Change(record, "b"), Cancel);
        Assert.True(await IsServedByCacheAsync(B, id));
        Assert.Equal(2, Count(await B.LoadAsync(id)));

        var expiresAt = Time.GetUtcNow() + TimeSpan.FromDays(20);
        await A.Store.RenewAsync(id, record.Version + 1, expiresAt, Cancel);
        Assert.True(await IsServedByCacheAsync(B, id));
        Assert.Equal(expiresAt, (await B.LoadAsync(id))!.ExpiresAt);

        Server.Entries.Clear();
        Assert.False(await IsServedByCacheAsync(B, id));
        Assert.True(await IsServedByCacheAsync(A, id));

        Server.Entries.Clear();
        Assert.NotNull(A.Store.Load(id));
        Assert.True(await IsServedByCacheAsync(B, id));
        var loads = Database.Loads;
        Assert.NotNull(A.Store.Load(id));
        Assert.True(await A.Store.ExistsAsync(id, Cancel));
        Assert.Equal(loads, Database.Loads);
    }

    [Fact]
    public async Task An_entry_counts_for_five_minutes_and_renewals_add_nothing()
    {
        var (id, record) = await StoreAsync();
        Time.Advance(SessionCache.Lifetime / 2);
        await A.Store.RenewAsync(id, record.Version, Time.GetUtcNow() + TimeSpan.FromDays(20), Cancel);
        Time.Advance((SessionCache.Lifetime / 2) - TimeSpan.FromSeconds(1));
        Assert.True(await IsServedByCacheAsync(B, id));

        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await IsServedByCacheAsync(B, id));
        Assert.True(await IsServedByCacheAsync(B, id));
    }

    [Fact]
    public async Task The_moment_in_the_entry_decides_even_if_the_cache_keeps_it_longer()
    {
        var (id, _) = await StoreAsync();
        Server.Entries[Entry(id)] = (Server.Get(Entry(id))!, DateTimeOffset.MaxValue);

        Time.Advance(SessionCache.Lifetime);

        Assert.False(await IsServedByCacheAsync(B, id));
    }

    [Fact]
    public async Task The_cache_keeps_nothing_beyond_the_expiry_of_the_session()
    {
        var (id, brief) = (NewId(), Change(null, "user").Apply(null).WithExpiresAt(Time.GetUtcNow() + TimeSpan.FromSeconds(10)));
        await A.Store.CreateAsync(id, brief, Cancel);
        Assert.Equal(brief.ExpiresAt, Server.Entries[Entry(id)].End);
        Server.Entries[Entry(id)] = (Server.Get(Entry(id))!, DateTimeOffset.MaxValue);

        Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await B.LoadAsync(id));
        Assert.Null(B.Store.Load(id));
        Assert.False(await B.Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public async Task A_renewal_that_ends_a_session_takes_it_from_the_cache()
    {
        var (id, record) = await StoreAsync();

        await A.Store.RenewAsync(id, record.Version, Time.GetUtcNow(), Cancel);

        Assert.Null(await B.LoadAsync(id));
    }

    [Fact]
    public async Task A_damaged_entry_is_ignored()
    {
        var (id, record) = await StoreAsync();
        var entry = Server.Get(Entry(id))!;
        byte[][] damaged = [[], entry[..^1], [.. entry, 0], "hello"u8.ToArray(), SessionRecordFormat.Encode(record.WithPayload(new byte[7])),
            .. Enumerable.Range(0, entry.Length).Select(at => entry.Select((value, i) => i == at ? (byte)(value ^ 1) : value).ToArray())];
        foreach (var bytes in damaged)
        {
            Server.Entries[Entry(id)] = (bytes, DateTimeOffset.MaxValue);

            Assert.False(await IsServedByCacheAsync(B, id), Convert.ToHexString(bytes));
            Assert.Equal(record.Payload.ToArray(), (await B.LoadAsync(id))!.Payload.ToArray());
        }

        Assert.Empty(B.Logged);
    }

    [Fact]
    public async Task Saves_that_met_send_reads_to_the_database_for_a_while()
    {
        var (id, record) = await StoreAsync();
        await A.Store.SaveAsync(id, Change(record, "a"), Cancel);
        await B.Store.SaveAsync(id, Change(record, "b"), Cancel);

        Assert.False(await IsServedByCacheAsync(A, id));
        Assert.False(await IsServedByCacheAsync(A, id));
        Assert.Equal(3, Count(await B.LoadAsync(id)));

        Time.Advance(SessionCache.Lifetime * 2);
        Assert.False(await IsServedByCacheAsync(A, id));
        Assert.True(await IsServedByCacheAsync(A, id));
    }

    [Fact]
    public async Task A_save_of_which_the_outcome_is_not_known_sends_reads_to_the_database()
    {
        var (id, record) = await StoreAsync();
        await Database.SaveAsync(id, Change(record, "committed"), Cancel);
        Database.Failing = nameof(ISessionStore.SaveAsync);

        await Assert.ThrowsAsync<IOException>(() => A.Store.SaveAsync(id, Change(record, "b"), Cancel).AsTask());

        Assert.Equal(2, Count(await B.LoadAsync(id)));
    }

    [Fact]
    public async Task A_put_that_another_process_held_up_hides_a_newer_save_for_five_minutes_at_most_and_from_no_save()
    {
        var (id, record) = await StoreAsync();
        Server.Entries.Clear();
        var put = HoldNextPut(B);
        var read = B.LoadAsync(id);
        await put.Arrived;
        await A.Store.SaveAsync(id, Change(record, "a"), Cancel);
        put.Open();
        var stale = await read;
        Assert.Equal(1, Count(await A.LoadAsync(id)));
        Time.Advance(SessionCache.Lifetime);
        Assert.Equal(2, Count(await A.LoadAsync(id)));

        var saved = await B.Store.SaveAsync(id, Change(stale, "b"), Cancel);

        Assert.Equal(3, Count(saved.Record));
        Assert.Equal(3, Count(await A.LoadAsync(id)));
    }

    [Fact]
    public async Task Puts_within_one_process_come_in_the_order_of_versions()
    {
        var (id, record) = await StoreAsync();
        Server.Entries.Clear();
        var put = HoldNextPut(A);
        var read = A.LoadAsync(id);
        await put.Arrived;
        var save = A.Store.SaveAsync(id, Change(record, "a"), Cancel).AsTask();
        put.Open();
        await Task.WhenAll(read, save);

        Assert.True(await IsServedByCacheAsync(A, id));
        Assert.Equal(2, Count(await A.LoadAsync(id)));
    }

    [Fact]
    public async Task An_older_version_never_replaces_a_newer_one_that_is_there()
    {
        var (id, record) = await StoreAsync();
        await A.Store.SaveAsync(id, Change(record, "a"), Cancel);
        using var cache = new SessionCache(B.Cache, Time, NullLogger.Instance);

        await cache.PutAsync(id, record, Time.GetUtcNow());

        Assert.Equal(record.Version + 1, (await B.LoadAsync(id))!.Version);
    }

    [Fact]
    public async Task Saves_of_both_processes_at_once_lose_nothing()
    {
        using var a = new CachedProcess(Rows, Server, Time);
        using var b = new CachedProcess(Rows, Server, Time);
        for (var round = 0; round < TestScale.Of(200); round++)
        {
            var (id, record) = await StoreAsync();

            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
                async () =>
                {
                    var process = writer % 2 == 0 ? a : b;
                    var delta = Change(await process.LoadAsync(id), writer.ToString(CultureInfo.InvariantCulture));
                    Assert.Equal(SessionStoreOutcome.Done, (await process.Store.SaveAsync(id, delta, Cancel)).Outcome);
                },
                Cancel)));

            Assert.Equal(9, Count(await Rows.LoadAsync(id, Cancel)));
            Assert.Equal(record.Version + 8, (await Rows.LoadAsync(id, Cancel))!.Version);
        }
    }
}
