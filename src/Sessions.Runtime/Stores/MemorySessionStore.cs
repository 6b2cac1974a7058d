using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>
/// Keeps sessions in this process: they are gone when it ends, and other processes do not see them. Records are immutable and
/// swapped whole, so that readers never wait and share one payload.
/// </summary>
public sealed partial class MemorySessionStore : ISessionStore
{
    // What a record takes beside its payload, on a 64-bit system: itself (80), the dictionary's node with the key (72), half of the two
    // buckets at most (12), the payload's array (24) and what fills it up to eight bytes (4).
    private const int RecordOverhead = 192;
    private const int BatchSize = 1000;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<MemoryRecordKey, SessionRecord> _records = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _maxBytes;
    private long _bytes;
    private long _nextSweep;   // UTC ticks

    /// <summary>Makes an empty store.</summary>
    public MemorySessionStore(IOptions<MemorySessionStoreOptions> options, TimeProvider time, ILogger<MemorySessionStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _maxBytes = options.Value.MaxBytes;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_maxBytes, nameof(MemorySessionStoreOptions.MaxBytes));
        _time = time;
        _logger = logger;
        _nextSweep = (time.GetUtcNow() + SweepInterval).UtcTicks;
    }

    /// <summary>The number of records held, expired ones and tombstones among them.</summary>
    public int Count => _records.Count;

    /// <summary>The number of live sessions. Looks at every record, and holds up nobody.</summary>
    internal long CountLive()
    {
        var now = _time.GetUtcNow();
        return _records.LongCount(pair => !pair.Value.IsRetired && pair.Value.ExpiresAt > now);
    }

    /// <inheritdoc/>
    public SessionRecord? Load(string id) => Load(new MemoryRecordKey(id));

    /// <inheritdoc/>
    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) => new(Load(id));

    /// <inheritdoc/>
    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var added = TryAdd(new MemoryRecordKey(id), record);
        MakeRoom();
        return new(added);
    }

    /// <inheritdoc/>
    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var key = new MemoryRecordKey(id);
        while (true)
        {
            var outcome = Find(key, out var current);
            if (outcome != SessionStoreOutcome.Done)
                return new(new SessionStoreResult(outcome));
            var saved = delta.Apply(current);
            if (TryReplace(key, saved, current!))
            {
                MakeRoom();
                return new(SessionStoreResult.Done(saved));
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        var key = new MemoryRecordKey(id);
        var outcome = Find(key, out var current);
        while (outcome == SessionStoreOutcome.Done && current!.Version == version
            && !TryReplace(key, current.WithExpiresAt(expiresAt), current))
            outcome = Find(key, out current);
        return new(new SessionStoreResult(outcome));
    }

    /// <inheritdoc/>
    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var (key, newKey) = (new MemoryRecordKey(id), new MemoryRecordKey(newId));
        while (true)
        {
            var outcome = Find(key, out var current);
            if (outcome != SessionStoreOutcome.Done)
                return new(new SessionStoreResult(outcome));

            // The new record comes first, under an id that nobody knows yet: a taken id must be noticed before the old one is retired.
            var rotated = delta.Apply(current);
            if (!TryAdd(newKey, rotated))
                return new(new SessionStoreResult(SessionStoreOutcome.IdTaken));
            if (TryReplace(key, SessionRecord.Retired(delta.Now), current!))
            {
                MakeRoom();
                return new(SessionStoreResult.Done(rotated));
            }

            TryRemove(newKey, rotated);
        }
    }

    /// <inheritdoc/>
    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        var key = new MemoryRecordKey(id);
        var outcome = Find(key, out var current);
        while (outcome == SessionStoreOutcome.Done && !TryRemove(key, current!))
            outcome = Find(key, out current);
        return new(outcome);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        new(Find(new MemoryRecordKey(id), out _) == SessionStoreOutcome.Done);

    /// <inheritdoc/>
    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var removed = RemoveExpired(progress, cancellationToken);
        progress?.Report(removed);
        return new(removed);
    }

    private SessionRecord? Load(MemoryRecordKey key) =>
        _records.TryGetValue(key, out var record) && record.ExpiresAt > _time.GetUtcNow() ? record : null;

    private SessionStoreOutcome Find(MemoryRecordKey key, out SessionRecord? record)
    {
        record = Load(key);
        return SessionRecord.OutcomeOf(record);
    }
}
