using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>
/// Keeps a session a file, named after the digest of its id, in a directory that only the user can read. Writers lock, also between
/// processes; readers do not, for a file is replaced whole. A file that is damaged or foreign is no session.
/// </summary>
internal sealed partial class FileSessionStore(
    IOptions<FileSessionStoreOptions> options, TimeProvider time, ILogger<FileSessionStore> logger, IHostEnvironment? environment = null)
    : LockingSessionStore(time, logger), IListableSessionStore
{
    private const int BatchSize = 1000;

    private readonly SessionDirectory _directory = new(options.Value.Directory ?? DefaultDirectory(environment));

    public override async ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var removed = 0L;
        var header = new byte[SessionRecordFormat.HeaderSize];
        foreach (var id in _directory.Ids())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Try(id, () => SessionRecordFormat.MayBeExpired(header.AsSpan(0, _directory.ReadStart(id, header)), Now)))
                continue;   // most are live, which their first bytes tell
            if (await RemoveExpiredAsync(id, cancellationToken) && ++removed % BatchSize == 0)
                progress?.Report(removed);
        }

        _directory.DeleteOrphans(Now.UtcDateTime);
        progress?.Report(removed);
        return removed;
    }

    public async IAsyncEnumerable<KeyValuePair<string, SessionRecord>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var id in _directory.Ids())
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[]? content = null;
            Try(id, () => (content = Read(id)) is not null);
            if (content is not null && SessionRecordFormat.Decode(content) is { } record)
                yield return KeyValuePair.Create(id, record);
        }
    }

    protected override Task<IDisposable> LockAsync(CancellationToken cancellationToken, params string[] ids) =>
        _directory.LockAsync(cancellationToken, ids);

    protected override byte[]? Read(string id) => _directory.Read(id);

    protected override Task<byte[]?> ReadAsync(string id, CancellationToken cancellationToken) => _directory.ReadAsync(id, cancellationToken);

    protected override Task WriteAsync(string id, SessionRecord record, CancellationToken cancellationToken) =>
        _directory.WriteAsync(id, SessionRecordFormat.Encode(record), cancellationToken);

    protected override Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        _directory.Delete(id);
        return Task.CompletedTask;
    }

    private async Task<bool> RemoveExpiredAsync(string id, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken, id);
        return Try(id, () =>
        {
            // A damaged one is nobody's session: that its header says so is enough.
            var isExpired = Read(id) is { } content
                && (SessionRecordFormat.Decode(content) is { } record ? record.ExpiresAt <= Now : SessionRecordFormat.MayBeExpired(content, Now));
            if (isExpired)
                _directory.Delete(id);
            return isExpired;
        });
    }

    // For what goes through all files: one that is inaccessible must not stop it.
    private bool Try(string id, Func<bool> act)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogInaccessible(logger, exception, SessionId.Redact(id));
            return false;
        }
    }

    private static string DefaultDirectory(IHostEnvironment? environment) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "sessions",
        environment?.ApplicationName ?? "default");

    [LoggerMessage(EventId = 31, Level = LogLevel.Error, Message = "The file of {RecordId} can be neither read nor removed.")]
    private static partial void LogInaccessible(ILogger logger, Exception exception, string recordId);
}
