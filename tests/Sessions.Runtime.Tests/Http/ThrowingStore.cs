namespace Sessions.Tests.Http;

/// <summary>A store of which every call fails.</summary>
internal sealed class ThrowingStore(Func<Exception>? error = null) : ISessionStore
{
    public int Calls { get; private set; }

    public SessionRecord? Load(string id) => throw Down();

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => throw Down();

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => throw Down();

    private Exception Down()
    {
        Calls++;
        return error?.Invoke() ?? new SessionStoreException("The store is down.");
    }
}
