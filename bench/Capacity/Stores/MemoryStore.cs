using System.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Capacity;

internal sealed class MemoryStore : CapacityStore
{
    // Whatever the machine has: the bound is not what is measured.
    public override void AddTo(SessionsBuilder sessions) =>
        sessions.StoreInMemory().Services.Configure<MemorySessionStoreOptions>(static options => options.MaxBytes = long.MaxValue);

    /// <summary>What is alive on the heap, after a full collection that compacts.</summary>
    public override async Task<long> BytesAsync()
    {
        await Task.Yield();   // away from the stack of whatever ended just now, which holds what it used
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    public override Task CopyAsync(IEnumerable<Copy> copies) => throw new NotSupportedException("Every session in memory is created.");

    public override ValueTask DisposeAsync() => default;
}
