using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>The path of a SQLite database, without a file at first; deleted at the end.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-cli-").FullName;

    public string Path => System.IO.Path.Combine(_directory, "site.db");

    public void AddTo(SessionsBuilder sessions)
    {
        sessions.Services.AddDbContext<SiteContext>(options => options.UseSqlite($"Data Source={Path}"));
        sessions.StoreInDatabase<SiteContext>();
    }

    /// <summary>Runs a statement of the test's own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        var options = new DbContextOptionsBuilder<SiteContext>();
        options.UseSqlite($"Data Source={Path}");
        await using var context = new SiteContext(options.Options);
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}
