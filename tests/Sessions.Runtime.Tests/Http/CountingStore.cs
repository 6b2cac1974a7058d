using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Tests.Http;

/// <summary>A memory store that counts its calls.</summary>
internal sealed class CountingStore : ISessionStore
{
    private readonly MemorySessionStore _inner = new(
        Options.Create(new MemorySessionStoreOptions()), TimeProvider.System, NullLogger<MemorySessionStore>.Instance);

    /// <summary>Whether a synchronous load is an error, as it is to a store that would have to block.</summary>
    public bool RefusesSyncLoads { get; set; }

    public int SyncLoads { get; private set; }

    public int AsyncLoads { get; private set; }

    public int Writes { get; private set; }

    public int Renewals { get; private set; }

    public void Reset()
    {
        SyncLoads = AsyncLoads = Writes = Renewals = 0;
        LastKeys = null;
    }

    public SessionRecord? Load(string id)
    {
        SyncLoads++;
        return RefusesSyncLoads ? throw new NotSupportedException("This store has no synchronous load.") : _inner.Load(id);
    }

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        AsyncLoads++;
        return _inner.LoadAsync(id, cancellationToken);
    }

    /// <summary>The keys of the last partial load; null when there was none.</summary>
    public IReadOnlyCollection<string>? LastKeys { get; private set; }

    public ValueTask<SessionRecord?> LoadPartAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default)
    {
        LastKeys = keys;
        return LoadAsync(id, cancellationToken);
    }

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        Writes++;
        return _inner.CreateAsync(id, record, cancellationToken);
    }

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        Writes++;
        return _inner.SaveAsync(id, delta, cancellationToken);
    }

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        Renewals++;
        return _inner.RenewAsync(id, version, expiresAt, cancellationToken);
    }

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        Writes++;
        return _inner.RotateAsync(id, newId, delta, cancellationToken);
    }

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        Writes++;
        return _inner.DeleteAsync(id, cancellationToken);
    }

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => _inner.ExistsAsync(id, cancellationToken);

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _inner.ClearExpiredAsync(progress, cancellationToken);
}
