using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sessions;

/// <summary>A database of which only the table of sessions is known.</summary>
internal sealed class SessionsContext(DbContextOptions<SessionsContext> options, SessionTable table) : DbContext(options)
{
    public SessionTable Table => table;

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.AddSessions().Entity<SessionEntity>().ToTable(table.Name, table.Schema);

    /// <summary>Creates the table, and a SQLite file, where there is none.</summary>
    /// <returns>False when there was one.</returns>
    public async Task<bool> CreateTableAsync(CancellationToken cancellationToken)
    {
        var creator = (IRelationalDatabaseCreator)Database.GetService<IDatabaseCreator>();
        if (Database.IsSqlite() && !await creator.ExistsAsync(cancellationToken))
        {
            Database.SetConnectionString(
                new SqliteConnectionStringBuilder(Database.GetConnectionString()) { Mode = SqliteOpenMode.ReadWriteCreate }.ToString());
            await creator.CreateAsync(cancellationToken);
        }
        else if (await TableExistsAsync(cancellationToken))
        {
            return false;
        }

        await creator.CreateTablesAsync(cancellationToken);
        return true;
    }

    // EF knows whether a database has any table, not whether it has this one.
    private Task<bool> TableExistsAsync(CancellationToken cancellationToken)
    {
        var quoted = Database.GetService<ISqlGenerationHelper>().DelimitIdentifier(table.Name, table.Schema);
        var query = Database.IsSqlite()
            ? Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = {table.Name} COLLATE NOCASE) AS \"Value\"")
            : Database.SqlQuery<bool>($"SELECT to_regclass({quoted}) IS NOT NULL AS \"Value\"");
        return query.SingleAsync(cancellationToken);
    }
}
