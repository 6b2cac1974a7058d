using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>A store on something that only reads and writes whole values: writers of one session take turns under a lock.</summary>
internal abstract partial class LockingSessionStore(TimeProvider time, ILogger logger) : ISessionStore
{
    protected DateTimeOffset Now => time.GetUtcNow();

    public SessionRecord? Load(string id) => Current(id, Read(id));

    public async ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
        Current(id, await ReadAsync(id, cancellationToken));

    public async ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var held = await LockAsync(cancellationToken, id);
        if (await ReadAsync(id, cancellationToken) is not null)
            return false;
        await WriteAsync(id, record, cancellationToken);
        return true;
    }

    public async ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var held = await LockAsync(cancellationToken, id);
        var current = await LoadAsync(id, cancellationToken);
        if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
            return new SessionStoreResult(outcome);
        var saved = delta.Apply(current);
        await WriteAsync(id, saved, cancellationToken);
        return SessionStoreResult.Done(saved);
    }

    public async ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken, id);
        var current = await LoadAsync(id, cancellationToken);
        var outcome = SessionRecord.OutcomeOf(current);
        if (outcome == SessionStoreOutcome.Done && current!.Version == version)
            await WriteAsync(id, current.WithExpiresAt(expiresAt), cancellationToken);
        return new SessionStoreResult(outcome);
    }

    public async ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var held = await LockAsync(cancellationToken, id, newId);
        var current = await LoadAsync(id, cancellationToken);
        if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
            return new SessionStoreResult(outcome);
        if (await ReadAsync(newId, cancellationToken) is not null)
            return new SessionStoreResult(SessionStoreOutcome.IdTaken);

        // The new record first: should the process die before the old one is retired, the session goes on under the id that the client has.
        var rotated = delta.Apply(current);
        await WriteAsync(newId, rotated, cancellationToken);
        await WriteAsync(id, SessionRecord.Retired(delta.Now), CancellationToken.None);
        return SessionStoreResult.Done(rotated);
    }

    public async ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var held = await LockAsync(cancellationToken, id);
        var outcome = SessionRecord.OutcomeOf(await LoadAsync(id, cancellationToken));
        if (outcome == SessionStoreOutcome.Done)
            await RemoveAsync(id, cancellationToken);
        return outcome;
    }

    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        SessionRecord.OutcomeOf(await LoadAsync(id, cancellationToken)) == SessionStoreOutcome.Done;

    public abstract ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Keeps other writers of these ids out until it is disposed.</summary>
    protected abstract Task<IDisposable> LockAsync(CancellationToken cancellationToken, params string[] ids);

    protected abstract byte[]? Read(string id);

    protected abstract Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken);

    protected abstract Task WriteAsync(string id, SessionRecord record, CancellationToken cancellationToken);

    protected abstract Task RemoveAsync(string id, CancellationToken cancellationToken);

    private SessionRecord? Current(string id, byte[]? content)
    {
        if (content is null)
            return null;
        var record = SessionRecordFormat.Decode(content);
        if (record is null)
            LogUnreadable(logger, SessionId.Redact(id));
        return record?.ExpiresAt > Now ? record : null;
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "What is stored under {RecordId} is damaged or not a session; it is ignored.")]
    private static partial void LogUnreadable(ILogger logger, string recordId);
}
