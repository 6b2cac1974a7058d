namespace Sessions;

/// <summary>
/// Bounds every asynchronous call to another store by <see cref="TypedSessionOptions.IoTimeout"/>, and tells that its server is gone by
/// one exception, whatever the store's own is.
/// </summary>
internal sealed class GuardedSessionStore(ISessionStore inner, TimeSpan limit, TimeProvider time) : ISessionStore
{
    // Synchronous work cannot be left: a store bounds it by its own command time-out.
    public SessionRecord? Load(string id)
    {
        try
        {
            return inner.Load(id);
        }
        catch (Exception exception) when (SessionStoreUnavailableException.IsOutage(exception))
        {
            throw new SessionStoreUnavailableException(exception);
        }
    }

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.LoadAsync(id, token), cancellationToken);

    public ValueTask<SessionRecord?> LoadPartAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.LoadPartAsync(id, keys, token), cancellationToken);

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.CreateAsync(id, record, token), cancellationToken);

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.SaveAsync(id, delta, token), cancellationToken);

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.RenewAsync(id, version, expiresAt, token), cancellationToken);

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.RotateAsync(id, newId, delta, token), cancellationToken);

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.DeleteAsync(id, token), cancellationToken);

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync(token => inner.ExistsAsync(id, token), cancellationToken);

    // Many batches, each of them short: how long all of them take depends on how much has expired.
    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        inner.ClearExpiredAsync(progress, cancellationToken);

    private async ValueTask<T> GuardAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using var expired = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expired.Token);
        try
        {
            // A store may not listen to its token; the request must not wait for it all the same.
            return await call(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (Exception exception) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SessionStoreUnavailableException(new TimeoutException(
                $"The session store did not answer within {nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.IoTimeout)} ({limit}).", exception));
        }
        catch (Exception exception) when (SessionStoreUnavailableException.IsOutage(exception))
        {
            throw new SessionStoreUnavailableException(exception);
        }
    }
}
