namespace Sessions.Tests.Http;

/// <summary>A store that never answers a load and does not listen to cancellation.</summary>
internal sealed class SilentStore : ISessionStore
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SessionRecord?> _never = new();

    public Task Called => _called.Task;

    public SessionRecord? Load(string id) => throw new NotSupportedException();

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        _called.TrySetResult();
        return new ValueTask<SessionRecord?>(_never.Task);
    }

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
