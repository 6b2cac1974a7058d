using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;

namespace Sessions;

/// <summary>
/// Bounds every asynchronous call to another store by <see cref="TypedSessionOptions.IoTimeout"/>, tells that its server is gone by one
/// exception, whatever the store's own is, and measures and traces the calls.
/// </summary>
internal sealed class GuardedSessionStore(ISessionStore inner, TimeSpan limit, TimeProvider time, SessionTelemetry telemetry) : ISessionStore
{
    private const int KeptLimits = 1024;

    private readonly string _name = inner.GetType().Name.Split('`')[0];
    private readonly ObjectPool<CancellationTokenSource> _limits =
        new DefaultObjectPoolProvider { MaximumRetained = KeptLimits }.Create(new LimitPolicy(limit, time));

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
        GuardAsync("load", id, static (store, id, token) => store.LoadAsync(id, token), cancellationToken);

    public ValueTask<SessionRecord?> LoadPartAsync(string id, IReadOnlyCollection<string> keys, CancellationToken cancellationToken = default) =>
        GuardAsync("load", (id, keys), static (store, call, token) => store.LoadPartAsync(call.id, call.keys, token), cancellationToken);

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) =>
        GuardAsync("create", (id, record), static (store, call, token) => store.CreateAsync(call.id, call.record, token), cancellationToken);

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
        GuardAsync("save", (id, delta), static (store, call, token) => store.SaveAsync(call.id, call.delta, token), cancellationToken);

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
        GuardAsync(
            "renew",
            (id, version, expiresAt),
            static (store, call, token) => store.RenewAsync(call.id, call.version, call.expiresAt, token),
            cancellationToken);

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) =>
        GuardAsync(
            "rotate",
            (id, newId, delta),
            static (store, call, token) => store.RotateAsync(call.id, call.newId, call.delta, token),
            cancellationToken);

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync("delete", id, static (store, id, token) => store.DeleteAsync(id, token), cancellationToken);

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        GuardAsync("exists", id, static (store, id, token) => store.ExistsAsync(id, token), cancellationToken);

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

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TResult> GuardAsync<TCall, TResult>(
        string operation, TCall arguments, Func<ISessionStore, TCall, CancellationToken, ValueTask<TResult>> call, CancellationToken cancellationToken)
    {
        using var measured = telemetry.BeginCall(operation, _name);
        var limited = _limits.Get();
        try
        {
            limited.CancelAfter(limit);
            using var linked = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limited);
            var answer = call(inner, arguments, limited.Token);

            // A store may not listen to its token; the request must not wait for it all the same.
            return answer.IsCompleted ? await answer : await answer.AsTask().WaitAsync(limited.Token);
        }
        catch (Exception exception)
        {
            var isLate = limited.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            var cause = !isLate ? exception : new TimeoutException(
                $"The session store did not answer within {nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.IoTimeout)} ({limit}).", exception);
            measured?.Fail(cause);
            if (SessionStoreUnavailableException.IsOutage(cause))
                throw new SessionStoreUnavailableException(cause);
            throw;
        }
        finally
        {
            _limits.Return(limited);
        }
    }

    // A source that has not been cancelled serves the next call.
    private sealed class LimitPolicy(TimeSpan limit, TimeProvider time) : IPooledObjectPolicy<CancellationTokenSource>
    {
        public CancellationTokenSource Create() => new(limit, time);

        public bool Return(CancellationTokenSource source) => source.TryReset();
    }
}
