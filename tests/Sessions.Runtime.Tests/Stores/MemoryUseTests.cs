using System.Runtime.CompilerServices;
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
        var held = await FillAsync(payload);
        var count = CountOf(held);

        // What becomes free with the store: what other tests left behind comes and goes while it fills.
        var alive = BytesAlive();
        held.Value = null;
        var taken = alive - BytesAlive();

        // The bound was reached, and a tenth of the sessions went.
        Assert.InRange(taken, Bound * 0.8, Bound);
        Assert.InRange(taken / count, payload, (payload * 1.5) + 200);
    }

    // In a frame of its own, so that nothing but the box holds the store.
    private static long CountOf(StrongBox<MemorySessionStore?> held) => held.Value!.Count;

    private static async Task<StrongBox<MemorySessionStore?>> FillAsync(int payload)
    {
        var logger = new FakeLogger<MemorySessionStore>();
        var store = new MemorySessionStore(Options.Create(new MemorySessionStoreOptions { MaxBytes = Bound }), TimeProvider.System, logger);
        while (logger.Collector.Count == 0)
            await store.CreateAsync(SessionId.New().Digest(), NewRecord(payload), TestContext.Current.CancellationToken);
        return new StrongBox<MemorySessionStore?>(store);
    }

    // What has outlived two collections: what servers of other tests make and drop meanwhile is young.
    private static long BytesAlive()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[GC.MaxGeneration..].ToArray()
            .Sum(generation => generation.SizeAfterBytes - generation.FragmentationAfterBytes);
    }

    private static SessionRecord NewRecord(int payload)
    {
        var now = DateTimeOffset.UtcNow;
        return new() { Payload = new byte[payload], Version = 1, CreatedAt = now, ExpiresAt = now + TimeSpan.FromDays(1) };
    }
}
