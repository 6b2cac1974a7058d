using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>
/// Records in an <see cref="IDistributedCache"/>, each under two keys: the entry, and a marker that says "ask the store". A plain cache
/// cannot compare and swap, so any write may be delayed and land after another. An entry therefore counts only for
/// <see cref="Lifetime"/> from the moment that it shows, and a marker, which nothing but time removes, outlives every entry that shows
/// a moment before it. No member throws, and no call waits for longer than a second: what fails or hangs begins a <see cref="CacheOutage"/>.
/// </summary>
internal sealed class SessionCache : IDisposable
{
    /// <summary>How long an entry counts, from the moment that it shows.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // What a marker lives longer: clocks differ, and the commit that it announces may come later.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    // Out of reach of keys that the application makes of what users send.
    private const string Prefix = "Sessions.Cached:";

    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    private static readonly byte[] Marker = [1];

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, LockSlots.Count).Select(_ => new SemaphoreSlim(1))];
    private readonly IDistributedCache _cache;
    private readonly TimeProvider _time;
    private readonly CacheOutage _outage;

    public SessionCache(IDistributedCache cache, TimeProvider time, ILogger logger)
    {
        _cache = cache;
        _time = time;
        _outage = new CacheOutage(WriteMarkerAsync, time, logger);
    }

    /// <summary>As <see cref="FindAsync"/>, by the cache's synchronous calls, which only the cache itself can bound.</summary>
    public CacheAnswer Find(string id)
    {
        try
        {
            return _outage.IsOn ? default : Answer(_cache.Get(EntryKey(id)), _cache.Get(MarkerKey(id)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _outage.Begin(id, exception);
            return default;
        }
    }

    public async Task<CacheAnswer> FindAsync(string id)
    {
        var answer = default(CacheAnswer);
        if (!_outage.IsOn)
            await TryAsync(id, async () => answer = await ReadAsync(id));
        return answer;
    }

    /// <summary>Takes a record in, unless a newer one is there or the id is marked.</summary>
    public Task PutAsync(string id, SessionRecord record, DateTimeOffset asOf) =>
        ChangeAsync(id, entry => entry?.Record.Version > record.Version ? null : new CachedSession(record, asOf));

    /// <summary>Moves the expiry in the entry of this version, if there is one. That makes the entry no younger.</summary>
    public Task RenewAsync(string id, long version, DateTimeOffset expiresAt) => ChangeAsync(
        id, entry => entry?.Record.Version == version ? entry with { Record = entry.Record.WithExpiresAt(expiresAt) } : null);

    /// <summary>From now on the store is asked, for as long as an entry of today can count.</summary>
    public async Task MarkAsync(string id)
    {
        if (!_outage.Defers(id))
            await TryAsync(id, () => WriteMarkerAsync(id));
    }

    public async Task RemoveAsync(string id)
    {
        if (!_outage.IsOn)
            await TryAsync(id, () => LimitAsync(_cache.RemoveAsync(EntryKey(id))));
    }

    public void Dispose() => _outage.Dispose();

    /// <summary>Replaces the entry, if the change makes another of it. Changes of one id take turns within this process.</summary>
    private async Task ChangeAsync(string id, Func<CachedSession?, CachedSession?> change)
    {
        var turn = _locks[LockSlots.Of(id)];
        await turn.WaitAsync();
        try
        {
            if (!_outage.Defers(id))
                await TryAsync(id, ChangeOnceAsync);
        }
        finally
        {
            turn.Release();
        }

        async Task ChangeOnceAsync()
        {
            var answer = await ReadAsync(id);
            if (answer.IsOpen && change(answer.Entry) is { } entry)
                await WriteAsync(id, entry);
        }
    }

    private async Task TryAsync(string id, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _outage.Begin(id, exception);
        }
    }

    private async Task<CacheAnswer> ReadAsync(string id)
    {
        var (entry, marker) = (_cache.GetAsync(EntryKey(id)), _cache.GetAsync(MarkerKey(id)));
        await LimitAsync(Task.WhenAll(entry, marker));
        return Answer(await entry, await marker);
    }

    private CacheAnswer Answer(byte[]? entry, byte[]? marker) =>
        marker is null ? new CacheAnswer(CachedSession.Decode(entry) is { } found && Counts(found) ? found : null, IsOpen: true) : default;

    // From before the end of the last outage, it may show what the cache was not told of, or came back with.
    private bool Counts(CachedSession entry) => entry.AsOf >= _outage.EndedAt && Rest(entry) > TimeSpan.Zero;

    private TimeSpan Rest(CachedSession entry)
    {
        var end = entry.AsOf + Lifetime;
        return (end < entry.Record.ExpiresAt ? end : entry.Record.ExpiresAt) - _time.GetUtcNow();
    }

    private Task WriteAsync(string id, CachedSession entry) => Rest(entry) is var rest && rest > TimeSpan.Zero
        ? SetAsync(EntryKey(id), entry.Encode(), rest)
        : LimitAsync(_cache.RemoveAsync(EntryKey(id)));

    private Task WriteMarkerAsync(string id) => SetAsync(MarkerKey(id), Marker, Lifetime + Margin);

    private Task SetAsync(string key, byte[] value, TimeSpan rest) =>
        LimitAsync(_cache.SetAsync(key, value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = rest }));

    // A request's own cancellation is not passed on: what the cache must be told, it must be told all the same.
    private Task LimitAsync(Task call) => call.WaitAsync(CallLimit, _time);

    private static string EntryKey(string id) => $"{Prefix}r:{id}";

    private static string MarkerKey(string id) => $"{Prefix}d:{id}";
}
