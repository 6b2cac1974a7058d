using Microsoft.Data.Sqlite;

namespace Storefront.Tests.Infrastructure;

/// <summary>The sample's database, seen from outside.</summary>
public sealed class StorefrontDatabase(DirectoryInfo content)
{
    /// <summary>The number of rows of the sessions' table, tombstones of rotated ids included.</summary>
    public async Task<long> SessionRowsAsync()
    {
        var path = Path.Combine(content.FullName, "storefront.db");
        await using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "Sessions" """;
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Every byte of the database, its write-ahead log included, by file.</summary>
    public IReadOnlyDictionary<string, byte[]> Files() =>
        content.GetFiles("storefront.db*").ToDictionary(file => file.Name, file => ReadShared(file.FullName));

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
