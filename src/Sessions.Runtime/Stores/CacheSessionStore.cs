using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>
/// Keeps sessions in the registered <see cref="IDistributedCache"/>. A plain cache cannot compare and swap: within this process
/// writers of one session take turns, so that nothing is lost. Between processes the last of two saves that overlap wins whole, a key
/// that the other one wrote is lost, and a save that overlaps a sign-out in another process may bring the session back until it
/// expires. What the cache evicts is a session that has ended.
/// </summary>
internal sealed class CacheSessionStore(IDistributedCache cache, TimeProvider time, ILogger<CacheSessionStore> logger)
    : LockingSessionStore(time, logger)
{
    // Out of reach of keys that the application makes of what users send.
    private const string Prefix = "Sessions:";

    // A cache adds it to a time of its own, which must not overflow.
    private static readonly TimeSpan MaxRest = TimeSpan.FromDays(36_500);

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, LockSlots.Count).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Does nothing: the cache removes what has expired by itself.</summary>
    public override ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => new(0L);

    protected override Task<IDisposable> LockAsync(CancellationToken cancellationToken, params string[] ids) =>
        HeldLocks.TakeAsync(LockSlots.Of(ids), async slot =>
        {
            await _locks[slot].WaitAsync(cancellationToken);
            return () => _locks[slot].Release();
        });

    protected override byte[]? Read(string id)
    {
        try
        {
            return cache.Get(Prefix + id);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new SessionStoreUnavailableException(exception);
        }
    }

    protected override async Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        byte[]? content = null;
        await AskAsync(async () => content = await cache.GetAsync(Prefix + id, cancellationToken));
        return content;
    }

    protected override Task WriteAsync(string id, SessionRecord record, CancellationToken cancellationToken)
    {
        var rest = record.ExpiresAt - Now;
        if (rest > MaxRest)
            rest = MaxRest;
        return rest <= TimeSpan.Zero
            ? RemoveAsync(id, cancellationToken)
            : AskAsync(() => cache.SetAsync(
                Prefix + id,
                SessionRecordFormat.Encode(record),
                new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = rest },
                cancellationToken));
    }

    protected override Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        AskAsync(() => cache.RemoveAsync(Prefix + id, cancellationToken));

    // Each client has errors of its own; a cache that is asked for bytes has nothing to refuse.
    private static async Task AskAsync(Func<Task> question)
    {
        try
        {
            await question();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new SessionStoreUnavailableException(exception);
        }
    }
}
