using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Tests.Http;

/// <summary>A memory store that heeds cancellation, as stores behind a network do.</summary>
internal sealed class TokenStore : ISessionStore
{
    private readonly MemorySessionStore _inner = new(
        Options.Create(new MemorySessionStoreOptions()), TimeProvider.System, NullLogger<MemorySessionStore>.Instance);

    public SessionRecord? Load(string id)
    {
        return _inner.Load(id);
    }

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _inner.LoadAsync(id, cancellationToken);
    }

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _inner.CreateAsync(id, record, cancellationToken);
    }

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _inner.SaveAsync(id, delta, cancellationToken);
    }

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _inner.RenewAsync(id, version, expiresAt, cancellationToken);
    }

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _inner.RotateAsync(id, newId, delta, cancellationToken);
    }

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _inner.DeleteAsync(id, cancellationToken);
    }

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => _inner.ExistsAsync(id, cancellationToken);

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _inner.ClearExpiredAsync(progress, cancellationToken);
}
