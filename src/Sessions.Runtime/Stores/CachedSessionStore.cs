using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>
/// A cache in front of a store: reads are answered by the cache, where it knows, and every write goes to the store, which alone decides
/// what becomes of it.
/// </summary>
/// <remarks>
/// <para>What holds between processes. No write is lost: the store compares and swaps, and merges where the cache was behind. A session
/// that was signed out or rotated away is gone for every process as soon as the call is done: reads are sent to the store before it
/// is told, and until every entry that could show the session is too old to count. That takes a cache that keeps what it was given.
/// When it fails at that moment, or loses its markers, other processes may show the session, which nobody can write to any more, for up to
/// <see cref="SessionCache.Lifetime"/>; so they do with a row that is changed behind this store's back.</para>
/// <para>A read may be as old as that, too, when a put of what was read earlier overtakes a save in another process, or a process dies
/// between the store and the cache. The next save merges with what is stored all the same.</para>
/// <para>A cache that is down fails no request; see <see cref="CacheOutage"/>.</para>
/// <para>Only live records are cached: absence and tombstones are not.</para>
/// </remarks>
internal sealed class CachedSessionStore(
    ISessionStore inner, IDistributedCache cache, TimeProvider time, ILogger<CachedSessionStore> logger) : ISessionStore, IDisposable
{
    private readonly SessionCache _cache = new(cache, time, logger);

    private DateTimeOffset Now => time.GetUtcNow();

    public SessionRecord? Load(string id)
    {
        var answer = _cache.Find(id);
        if (answer.Entry is not null)
            return answer.Entry.Record;
        var asOf = Now;
        var record = inner.Load(id);
        if (answer.IsOpen)
            _ = FillAsync(id, record, asOf);   // not waited for: a put may be late, and never fails
        return record;
    }

    public async ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await _cache.FindAsync(id);
        if (answer.Entry is not null)
            return answer.Entry.Record;
        var asOf = Now;
        var record = await inner.LoadAsync(id, cancellationToken);
        if (answer.IsOpen)
            await FillAsync(id, record, asOf);
        return record;
    }

    public async ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        var asOf = Now;
        var created = await inner.CreateAsync(id, record, cancellationToken);
        if (created)
            await FillAsync(id, record, asOf);
        return created;
    }

    public async ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var asOf = Now;
        var result = await MarkIfFailedAsync(id, () => inner.SaveAsync(id, delta, cancellationToken));
        if (result.Record is not { } saved)
            await _cache.RemoveAsync(id);
        else if (saved.Version == delta.Base?.Version + 1)
            await FillAsync(id, saved, asOf);
        else
            await _cache.MarkAsync(id);   // others save too: their puts may come in any order
        return result;
    }

    public async ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        var result = await MarkIfFailedAsync(id, () => inner.RenewAsync(id, version, expiresAt, cancellationToken));
        if (result.Outcome == SessionStoreOutcome.Done)
            await _cache.RenewAsync(id, version, expiresAt);
        else
            await _cache.RemoveAsync(id);
        return result;
    }

    public async ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        await AnnounceEndAsync(id, cancellationToken);
        var asOf = Now;
        var result = await MarkIfFailedAsync(id, () => inner.RotateAsync(id, newId, delta, cancellationToken));
        if (result.Record is { } rotated)
        {
            await EndAsync(id);
            await FillAsync(newId, rotated, asOf);
        }

        return result;
    }

    public async ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        await AnnounceEndAsync(id, cancellationToken);
        var outcome = await MarkIfFailedAsync(id, () => inner.DeleteAsync(id, cancellationToken));
        if (outcome == SessionStoreOutcome.Done)
            await EndAsync(id);
        else
            await _cache.RemoveAsync(id);
        return outcome;
    }

    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        (await _cache.FindAsync(id)).Entry is not null || await inner.ExistsAsync(id, cancellationToken);

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.ClearExpiredAsync(progress, cancellationToken);

    public void Dispose() => _cache.Dispose();

    private Task FillAsync(string id, SessionRecord? record, DateTimeOffset asOf) =>
        record is { IsRetired: false, LoadedKeys: null } ? _cache.PutAsync(id, record, asOf) : Task.CompletedTask;

    // Before the store: should this process die in between, the marker only sends readers to the store, which tells the truth. An id
    // that nobody has gets none: clients can make up as many as they like.
    private async Task AnnounceEndAsync(string id, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(id, cancellationToken))
            await _cache.MarkAsync(id);
    }

    // After the store: the marker once more, for it must outlive what was read until now.
    private async Task EndAsync(string id)
    {
        await _cache.MarkAsync(id);
        await _cache.RemoveAsync(id);
    }

    // What is stored is not known then.
    private async ValueTask<T> MarkIfFailedAsync<T>(string id, Func<ValueTask<T>> change)
    {
        try
        {
            return await change();
        }
        catch
        {
            await _cache.MarkAsync(id);
            throw;
        }
    }
}
