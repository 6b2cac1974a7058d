using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

[Collection(nameof(Alone))]
public sealed class MemoryUseTests
{
    private const int Bound = 64_000_000;

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task A_store_takes_the_memory_that_it_may(int payload)
    {
        var before = BytesAlive();
        var store = await FillAsync(payload);

        // The bound was reached, and a tenth of the sessions went.
        var taken = BytesAlive() - before;
        Assert.InRange(taken, Bound * 0.8, Bound);
        Assert.InRange(taken / store.Count, payload, (payload * 1.5) + 200);
        GC.KeepAlive(store);
    }

    private static async Task<MemorySessionStore> FillAsync(int payload)
    {
        var logger = new FakeLogger<MemorySessionStore>();
        var store = new MemorySessionStore(Options.Create(new MemorySessionStoreOptions { MaxBytes = Bound }), TimeProvider.System, logger);
        while (logger.Collector.Count == 0)
            await store.CreateAsync(SessionId.New().Digest(), NewRecord(payload), TestContext.Current.CancellationToken);
        return store;
    }

    private static long BytesAlive()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static SessionRecord NewRecord(int payload)
    {
        var now = DateTimeOffset.UtcNow;
        return new() { Payload = new byte[payload], Version = 1, CreatedAt = now, ExpiresAt = now + TimeSpan.FromDays(1) };
    }
}
