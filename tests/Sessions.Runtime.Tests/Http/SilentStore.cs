namespace Sessions.Tests.Http;

/// <summary>A store that never answers a question, also when it is cancelled.</summary>
internal sealed class SilentStore : ISessionStore
{
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SessionRecord?> _never = new();

    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Called => _called.Task;

    public Task Cancelled => _cancelled.Task;

    public SessionRecord? Load(string id) => throw new NotSupportedException();

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        cancellationToken.Register(() => _cancelled.TrySetResult());
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

    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        await LoadAsync(id, cancellationToken) is not null;

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
