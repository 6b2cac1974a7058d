using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>
/// Keeps a session a file, named after the digest of its id, in a directory that only the user can read. Writers lock, also between
/// processes; readers do not, for a file is replaced whole. A file that is damaged or foreign is no session.
/// </summary>
public sealed partial class FileSessionStore : ISessionStore
{
    private const int BatchSize = 1000;

    private readonly SessionDirectory _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Opens the store; makes its directory if there is none.</summary>
    public FileSessionStore(
        IOptions<FileSessionStoreOptions> options, TimeProvider time, ILogger<FileSessionStore> logger, IHostEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _directory = new SessionDirectory(options.Value.Directory ?? DefaultDirectory(environment));
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public SessionRecord? Load(string id) => Current(id, _directory.Read(id));

    /// <inheritdoc/>
    public async ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
        Current(id, await _directory.ReadAsync(id, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var locked = await _directory.LockAsync(cancellationToken, id);
        if (_directory.Exists(id))
            return false;
        await WriteAsync(id, record, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var locked = await _directory.LockAsync(cancellationToken, id);
        var current = await LoadAsync(id, cancellationToken);
        if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
            return new SessionStoreResult(outcome);
        var saved = delta.Apply(current);
        await WriteAsync(id, saved, cancellationToken);
        return SessionStoreResult.Done(saved);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        using var locked = await _directory.LockAsync(cancellationToken, id);
        var current = await LoadAsync(id, cancellationToken);
        var outcome = SessionRecord.OutcomeOf(current);
        if (outcome == SessionStoreOutcome.Done && current!.Version == version)
            await WriteAsync(id, current.WithExpiresAt(expiresAt), cancellationToken);
        return new SessionStoreResult(outcome);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        using var locked = await _directory.LockAsync(cancellationToken, id, newId);
        var current = await LoadAsync(id, cancellationToken);
        if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
            return new SessionStoreResult(outcome);
        if (_directory.Exists(newId))
            return new SessionStoreResult(SessionStoreOutcome.IdTaken);

        // The new file first: should the process die before the old one is retired, the session goes on under the id that the client has.
        var rotated = delta.Apply(current);
        await WriteAsync(newId, rotated, cancellationToken);
        await WriteAsync(id, SessionRecord.Retired(delta.Now), CancellationToken.None);
        return SessionStoreResult.Done(rotated);
    }

    /// <inheritdoc/>
    public async ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        using var locked = await _directory.LockAsync(cancellationToken, id);
        var outcome = SessionRecord.OutcomeOf(await LoadAsync(id, cancellationToken));
        if (outcome == SessionStoreOutcome.Done)
            _directory.Delete(id);
        return outcome;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        SessionRecord.OutcomeOf(await LoadAsync(id, cancellationToken)) == SessionStoreOutcome.Done;

    /// <inheritdoc/>
    public async ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var removed = 0L;
        foreach (var id in _directory.Ids())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsExpired(await _directory.ReadAsync(id, cancellationToken)))
                continue;
            using var locked = await _directory.LockAsync(cancellationToken, id);
            if (!IsExpired(await _directory.ReadAsync(id, cancellationToken)))
                continue;
            _directory.Delete(id);
            if (++removed % BatchSize == 0)
                progress?.Report(removed);
        }

        _directory.DeleteOrphans(_time.GetUtcNow().UtcDateTime);
        progress?.Report(removed);
        return removed;
    }

    private bool IsExpired(byte[]? content) =>
        content is not null && SessionRecordFormat.Decode(content) is { } record && record.ExpiresAt <= _time.GetUtcNow();

    private SessionRecord? Current(string id, byte[]? content)
    {
        if (content is null)
            return null;
        var record = SessionRecordFormat.Decode(content);
        if (record is null)
            LogUnreadable(_logger, id);
        return record?.ExpiresAt > _time.GetUtcNow() ? record : null;
    }

    private Task WriteAsync(string id, SessionRecord record, CancellationToken cancellationToken) =>
        _directory.WriteAsync(id, SessionRecordFormat.Encode(record), cancellationToken);

    private static string DefaultDirectory(IHostEnvironment? environment) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "sessions",
        environment?.ApplicationName ?? "default");

    [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "The file of session {RecordId} is damaged or not a session; it is ignored.")]
    private static partial void LogUnreadable(ILogger logger, string recordId);
}
