using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>The store's accounting: what it holds, and what goes when it holds too much.</summary>
public sealed partial class MemorySessionStore
{
    private bool TryAdd(string id, SessionRecord record)
    {
        var added = _records.TryAdd(id, record);
        if (added)
            Interlocked.Add(ref _bytes, Cost(record));
        return added;
    }

    private bool TryReplace(string id, SessionRecord record, SessionRecord current)
    {
        var replaced = _records.TryUpdate(id, record, current);
        if (replaced)
            Interlocked.Add(ref _bytes, Cost(record) - Cost(current));
        return replaced;
    }

    private bool TryRemove(string id, SessionRecord record)
    {
        var removed = _records.TryRemove(KeyValuePair.Create(id, record));
        if (removed)
            Interlocked.Add(ref _bytes, -Cost(record));
        return removed;
    }

    private static long Cost(SessionRecord record) => RecordOverhead + record.Payload.Length;

    private long RemoveExpired(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var removed = 0L;
        foreach (var (id, record) in _records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (record.ExpiresAt <= now && TryRemove(id, record) && ++removed % BatchSize == 0)
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
        foreach (var (id, record) in _records.ToArray().Where(pair => !pair.Value.IsRetired).OrderBy(pair => pair.Value.ExpiresAt))
        {
            if (Interlocked.Read(ref _bytes) <= target)
                break;
            if (TryRemove(id, record))
                evicted++;
        }

        LogEvicted(_logger, evicted, _maxBytes);
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Warning, Message =
        "Dropped {Count} live sessions: the memory store exceeds its bound of {MaxBytes} bytes. Raise MemorySessionStoreOptions.MaxBytes or choose another store.")]
    private static partial void LogEvicted(ILogger logger, int count, long maxBytes);
}
