namespace Sessions;

/// <summary>
/// Bounds every asynchronous call to another store by <see cref="TypedSessionOptions.IoTimeout"/>, tells that its server is gone by one
/// exception, whatever the store's own is, and measures and traces the calls.
/// </summary>
internal sealed class GuardedSessionStore(ISessionStore inner, TimeSpan limit, TimeProvider time, SessionTelemetry telemetry) : ISessionStore
{
    private readonly string _name = inner.GetType().Name.Split('`')[0];

    // Synchronous work cannot be left: a store bounds it by its own command time-out.
    public SessionRecord? Load(string id)
    {
        using var measured = telemetry.BeginCall("load", _name);
        try
        {
            return inner.Load(id);
        }
        catch (Exception exception)
        {
            measured?.Fail(exception);
            if (SessionStoreUnavailableException.IsOutage(exception))
                throw new SessionStoreUnavailableException(exception);
            throw;
        }
    }

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync("load", token => inner.LoadAsync(id, token), cancellationToken);

    public ValueTask<SessionRecord?> LoadPartAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) =>
        GuardAsync("load", token => inner.LoadPartAsync(id, keys, token), cancellationToken);

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) =>
        GuardAsync("create", token => inner.CreateAsync(id, record, token), cancellationToken);

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
        GuardAsync("save", token => inner.SaveAsync(id, delta, token), cancellationToken);

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        GuardAsync("renew", token => inner.RenewAsync(id, version, expiresAt, token), cancellationToken);

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) =>
        GuardAsync("rotate", token => inner.RotateAsync(id, newId, delta, token), cancellationToken);

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync("delete", token => inner.DeleteAsync(id, token), cancellationToken);

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync("exists", token => inner.ExistsAsync(id, token), cancellationToken);

    // Many batches, each of them short: how long all of them take depends on how much has expired.
    public async ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var measured = telemetry.BeginCall("clear_expired", _name);
        try
        {
            return await inner.ClearExpiredAsync(progress, cancellationToken);
        }
        catch (Exception exception)
        {
            measured?.Fail(exception);
            throw;
        }
    }

    private async ValueTask<T> GuardAsync<T>(string operation, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        using var measured = telemetry.BeginCall(operation, _name);
        using var expired = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expired.Token);
        try
        {
            // A store may not listen to its token; the request must not wait for it all the same.
            return await call(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (Exception exception)
        {
            var isLate = expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            var cause = !isLate ? exception : new TimeoutException(
                $"The session store did not answer within {nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.IoTimeout)} ({limit}).", exception);
            measured?.Fail(cause);
            if (SessionStoreUnavailableException.IsOutage(cause))
                throw new SessionStoreUnavailableException(cause);
            throw;
        }
    }
}
