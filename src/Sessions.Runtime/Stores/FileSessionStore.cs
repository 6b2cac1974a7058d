using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>
/// Keeps a session a file, named after the digest of its id, in a directory that only the user can read. Writers lock, also between
/// processes; readers do not, for a file is replaced whole. A file that is damaged or foreign is no session.
/// </summary>
internal sealed class FileSessionStore(
    IOptions<FileSessionStoreOptions> options, TimeProvider time, ILogger<FileSessionStore> logger, IHostEnvironment? environment = null)
    : LockingSessionStore(time, logger)
{
    private const int BatchSize = 1000;

    private readonly SessionDirectory _directory = new(options.Value.Directory ?? DefaultDirectory(environment));

    public override async ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var removed = 0L;
        foreach (var id in _directory.Ids())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsExpired(await ReadAsync(id, cancellationToken)))
                continue;
            using var held = await LockAsync(cancellationToken, id);
            if (!IsExpired(await ReadAsync(id, cancellationToken)))
                continue;
            _directory.Delete(id);
            if (++removed % BatchSize == 0)
                progress?.Report(removed);
        }

        _directory.DeleteOrphans(Now.UtcDateTime);
        progress?.Report(removed);
        return removed;
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

    private bool IsExpired(byte[]? content) => content is not null && SessionRecordFormat.Decode(content)?.ExpiresAt <= Now;

    private static string DefaultDirectory(IHostEnvironment? environment) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
        "sessions",
        environment?.ApplicationName ?? "default");
}
