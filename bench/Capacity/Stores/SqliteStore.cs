using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Capacity;

internal sealed class SqliteStore : DatabaseStore
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-sqlite-").FullName;

    private string File => Path.Combine(_directory, "sessions.db");

    /// <summary>The file, once all of the write-ahead log is in it.</summary>
    public override async Task<long> BytesAsync()
    {
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return new FileInfo(File).Length;
    }

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
        return default;
    }

    protected override string CopyStatement => """
        INSERT INTO Sessions (Id, Data, ExpiresAt, Version, CreatedAt)
        SELECT copy.value ->> 'To', s.Data, s.ExpiresAt, s.Version, s.CreatedAt
        FROM json_each({0}) AS copy JOIN Sessions s ON s.Id = copy.value ->> 'From'
        """;

    protected override void Configure(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={File}");
}
