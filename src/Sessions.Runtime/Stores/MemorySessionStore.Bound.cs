using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>The store's accounting: what it holds, and what goes when it holds too much.</summary>
public sealed partial class MemorySessionStore
{
    private bool TryAdd(MemoryRecordKey key, SessionRecord record)
    {
        var added = _records.TryAdd(key, record);
        if (added)
            Interlocked.Add(ref _bytes, Cost(record));
        return added;
    }

    private bool TryReplace(MemoryRecordKey key, SessionRecord record, SessionRecord current)
    {
        var replaced = _records.TryUpdate(key, record, current);
        if (replaced)
            Interlocked.Add(ref _bytes, Cost(record) - Cost(current));
        return replaced;
    }

    private bool TryRemove(MemoryRecordKey key, SessionRecord record)
    {
        var removed = _records.TryRemove(KeyValuePair.Create(key, record));
        if (removed)
            Interlocked.Add(ref _bytes, -Cost(record));
        return removed;
    }

    private static long Cost(SessionRecord record) => RecordOverhead + record.Payload.Length;

    private long RemoveExpired(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var removed = 0L;
        foreach (var (key, record) in _records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.ExpiresAt <= now && TryRemove(key, record) && ++removed % BatchSize == 0)
                progress?.Report(removed);
        }

        return removed;
    }

    /// <summary>After a write: drops what has expired, once a minute, and what would expire next while the bound is exceeded.</summary>
    private void MakeRoom()
    {
        var due = Volatile.Read(ref _nextSweep);
        var now = _time.GetUtcNow();
        var full = Interlocked.Read(ref _bytes) > _maxBytes;
        if (!full && now.UtcTicks < due)
            return;
        if (Interlocked.CompareExchange(ref _nextSweep, (now + SweepInterval).UtcTicks, due) != due)
            return;   // another request is at it
        RemoveExpired(progress: null, CancellationToken.None);
        if (Interlocked.Read(ref _bytes) > _maxBytes)
            Evict();
    }

    private void Evict()
    {
        var target = _maxBytes / 10 * 9;
        var evicted = 0;
        var records = _records.ToArray();
        Array.Sort(records, static (one, other) => one.Value.ExpiresAt.CompareTo(other.Value.ExpiresAt));
        foreach (var (key, record) in records)
        {
            if (Interlocked.Read(ref _bytes) <= target)
                break;
            if (!record.IsRetired && TryRemove(key, record))
                evicted++;
        }

        LogEvicted(_logger, evicted, _maxBytes);
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message =
        "Dropped {Count} live sessions: the memory store exceeds its bound of {MaxBytes} bytes. Raise MemorySessionStoreOptions.MaxBytes or choose another store.")]
    private static partial void LogEvicted(ILogger logger, int count, long maxBytes);
}
