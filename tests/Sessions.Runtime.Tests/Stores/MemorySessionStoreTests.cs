using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class MemorySessionStoreTests : SessionStoreContract
{
    private readonly FakeLogger<MemorySessionStore> _logger = new();

    [Fact]
    public async Task A_loaded_payload_is_the_stored_memory_and_no_copy()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        Assert.True(MemoryMarshal.TryGetArray(record.Payload, out var stored));
        Assert.True(MemoryMarshal.TryGetArray(Store.Load(id)!.Payload, out var first));
        Assert.True(MemoryMarshal.TryGetArray((await LiveAsync(id)).Payload, out var second));

        Assert.Same(stored.Array, first.Array);
        Assert.Same(stored.Array, second.Array);
    }

    [Fact]
    public async Task Ids_that_are_spelled_otherwise_are_others()
    {
        var secret = SessionId.New();
        var digest = secret.Digest();
        string[] ids =
        [
            digest, digest.ToUpperInvariant(), "v1." + digest[3..].ToUpperInvariant(), "v2." + digest[3..], "v1t." + digest[3..], digest[3..], digest[..^1],
            digest + "0", digest[..^1] + "g", secret.Secret, secret.Secret.ToUpperInvariant(), "",
        ];

        var records = ids.ToDictionary(static id => id, _ => NewRecord());
        foreach (var (id, record) in records)
            Assert.True(await Store.CreateAsync(id, record, Cancel));

        foreach (var (id, record) in records)
        {
            Assert.Same(record, Store.Load(id));
            Assert.Equal(SessionStoreOutcome.Done, await Store.DeleteAsync(id, Cancel));
            Assert.Null(Store.Load(id));
        }
    }

    [Fact]
    public async Task Above_the_bound_the_sessions_that_expire_soonest_go_and_a_warning_says_so()
    {
        var store = NewStore(maxBytes: 20_000);
        var ids = new List<string>();
        while (_logger.Collector.Count == 0)
        {
            Assert.True(ids.Count < 20, "20 sessions of 1,000 bytes do not fit into 20,000 bytes.");
            ids.Insert(0, await CreateAsync(store, expiresAfter: TimeSpan.FromDays(20 - ids.Count)));
        }

        var gone = ids.TakeWhile(id => store.Load(id) is null).Count();
        Assert.InRange(gone, 1, ids.Count / 4);
        Assert.All(ids.Skip(gone), id => Assert.NotNull(store.Load(id)));
        Assert.Equal(ids.Count - gone, store.Count);
        var warning = Assert.Single(_logger.Collector.GetSnapshot());
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains($"Dropped {gone} live sessions", warning.Message, StringComparison.Ordinal);
        Assert.Contains("20000 bytes", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Above_the_bound_again_in_the_same_moment_more_goes()
    {
        var store = NewStore(maxBytes: 20_000);

        for (var i = 0; i < 100; i++)
            await CreateAsync(store, TimeSpan.FromDays(1 + i));

        Assert.InRange(store.Count, 10, 20);
    }

    [Fact]
    public async Task Expired_sessions_make_room_before_live_ones_go()
    {
        var store = NewStore(maxBytes: 20_000);
        for (var i = 0; i < 12; i++)
            await CreateAsync(store, TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromSeconds(10));

        for (var i = 0; i < 12; i++)
            await CreateAsync(store, TimeSpan.FromSeconds(50));

        Assert.Equal(12, store.Count);
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task A_session_that_grows_counts_with_its_new_size()
    {
        var store = NewStore(maxBytes: 20_000);
        var soonest = await CreateAsync(store, TimeSpan.FromDays(1));
        var growing = await CreateAsync(store, TimeSpan.FromDays(2));

        await store.SaveAsync(growing, Change(set: [("a", new string('x', 17_000))]), Cancel);
        Assert.NotNull(store.Load(soonest));
        await store.SaveAsync(growing, Change(set: [("b", new string('x', 2_000))]), Cancel);

        Assert.Null(store.Load(soonest));
    }

    [Fact]
    public async Task What_is_deleted_replaced_or_cleared_no_longer_counts()
    {
        var store = NewStore(maxBytes: 20_000);
        var kept = await CreateAsync(store, TimeSpan.FromDays(1));
        for (var i = 0; i < 50; i++)
        {
            await store.DeleteAsync(await CreateAsync(store, TimeSpan.FromDays(2)), Cancel);
            await store.SaveAsync(kept, Change(set: [("a", new string('x', i % 2 == 0 ? 2_000 : 1))]), Cancel);
            await store.RenewAsync(kept, i, Now + TimeSpan.FromDays(1), Cancel);
            var rotated = NewId();
            await store.RotateAsync(await CreateAsync(store, TimeSpan.FromDays(2)), rotated, Change(), Cancel);
            await store.RotateAsync(rotated, kept, Change(), Cancel);
            await store.DeleteAsync(rotated, Cancel);
            Time.Advance(SessionRecord.RetirementPeriod);
            await store.ClearExpiredAsync(cancellationToken: Cancel);
        }

        Assert.Equal(1, store.Count);
        Assert.Empty(_logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task Expired_sessions_are_swept_by_later_writes_at_most_once_a_minute()
    {
        var store = NewStore(maxBytes: 1_000_000);
        await CreateAsync(store, TimeSpan.FromSeconds(10));
        Time.Advance(TimeSpan.FromSeconds(30));
        var live = await CreateAsync(store, TimeSpan.FromDays(1));
        Assert.Equal(2, store.Count);

        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(store.Load(live));
        Assert.Equal(2, store.Count);

        await store.SaveAsync(live, Change(set: [("a", "2")]), Cancel);
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void A_bound_that_is_not_positive_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NewStore(maxBytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewStore(maxBytes: -1));
        Assert.True(new MemorySessionStoreOptions().MaxBytes > 0);
    }

    protected override ISessionStore CreateStore(TimeProvider time) =>
        new MemorySessionStore(Options.Create(new MemorySessionStoreOptions()), time, _logger);

    private MemorySessionStore NewStore(long maxBytes) =>
        new(Options.Create(new MemorySessionStoreOptions { MaxBytes = maxBytes }), Time, _logger);

    private async Task<string> CreateAsync(MemorySessionStore store, TimeSpan expiresAfter)
    {
        var id = NewId();
        var delta = Change(set: [("a", new string('x', 1_000))], expiry: SessionExpiry.AfterIdle(expiresAfter));
        Assert.True(await store.CreateAsync(id, delta.Apply(null), Cancel));
        return id;
    }
}
