using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>
/// Keeps sessions in the registered <see cref="IDistributedCache"/>. A plain cache cannot compare and swap: within this process
/// writers of one session take turns, so that nothing is lost. Between processes the last of two saves that overlap wins whole, a key
/// that the other one wrote is lost, and a save that overlaps a sign-out in another process may bring the session back until it
/// expires. What the cache evicts is a session that has ended.
/// </summary>
public sealed partial class CacheSessionStore(IDistributedCache cache, TimeProvider time, ILogger<CacheSessionStore> logger) : ISessionStore
{
    // Out of reach of keys that the application makes of what users send.
    private const string Prefix = "Sessions:";

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, LockSlots.Count).Select(_ => new SemaphoreSlim(1))];

    /// <inheritdoc/>
    public SessionRecord? Load(string id) => Current(id, cache.Get(Prefix + id));

    /// <inheritdoc/>
    public async ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
        Current(id, await cache.GetAsync(Prefix + id, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var held = await LockAsync(LockSlots.Of(id), cancellationToken);
        if (await cache.GetAsync(Prefix + id, cancellationToken) is not null)
            return false;
        await WriteAsync(id, record, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var held = await LockAsync(LockSlots.Of(id), cancellationToken);
        var current = await LoadAsync(id, cancellationToken);
        if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
            return new SessionStoreResult(outcome);
        var saved = delta.Apply(current);
        await WriteAsync(id, saved, cancellationToken);
        return SessionStoreResult.Done(saved);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(LockSlots.Of(id), cancellationToken);
        var current = await LoadAsync(id, cancellationToken);
        var outcome = SessionRecord.OutcomeOf(current);
        if (outcome == SessionStoreOutcome.Done && current!.Version == version)
            await WriteAsync(id, current.WithExpiresAt(expiresAt), cancellationToken);
        return new SessionStoreResult(outcome);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var held = await LockAsync(LockSlots.Of(id, newId), cancellationToken);
        var current = await LoadAsync(id, cancellationToken);
        if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
            return new SessionStoreResult(outcome);
        if (await cache.GetAsync(Prefix + newId, cancellationToken) is not null)
            return new SessionStoreResult(SessionStoreOutcome.IdTaken);
        var rotated = delta.Apply(current);
        await WriteAsync(newId, rotated, cancellationToken);
        await WriteAsync(id, SessionRecord.Retired(delta.Now), cancellationToken);
        return SessionStoreResult.Done(rotated);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(LockSlots.Of(id), cancellationToken);
        var outcome = SessionRecord.OutcomeOf(await LoadAsync(id, cancellationToken));
        if (outcome == SessionStoreOutcome.Done)
            await cache.RemoveAsync(Prefix + id, cancellationToken);
        return outcome;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        SessionRecord.OutcomeOf(await LoadAsync(id, cancellationToken)) == SessionStoreOutcome.Done;

    /// <summary>Does nothing: the cache removes what has expired by itself.</summary>
    /// <returns>0.</returns>
    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => new(0L);

    private SessionRecord? Current(string id, byte[]? content)
    {
        if (content is null)
            return null;
        var record = SessionRecordFormat.Decode(content);
        if (record is null)
            LogUnreadable(logger, id);
        return record?.ExpiresAt > time.GetUtcNow() ? record : null;
    }

    private Task WriteAsync(string id, SessionRecord record, CancellationToken cancellationToken)
    {
        var rest = record.ExpiresAt - time.GetUtcNow();
        return rest <= TimeSpan.Zero
            ? cache.RemoveAsync(Prefix + id, cancellationToken)
            : cache.SetAsync(
                Prefix + id,
                SessionRecordFormat.Encode(record),
                new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = rest },
                cancellationToken);
    }

    private async Task<HeldLocks> LockAsync(IEnumerable<int> slots, CancellationToken cancellationToken)
    {
        var held = new HeldLocks();
        try
        {
            foreach (var slot in slots)
            {
                await _locks[slot].WaitAsync(cancellationToken);
                held.Add(_locks[slot]);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "The cache entry of session {RecordId} is damaged or not a session; it is ignored.")]
    private static partial void LogUnreadable(ILogger logger, string recordId);

    private sealed class HeldLocks : IDisposable
    {
        private readonly List<SemaphoreSlim> _held = [];

        public void Add(SemaphoreSlim semaphore) => _held.Add(semaphore);

        public void Dispose() => _held.ForEach(semaphore => semaphore.Release());
    }
}
