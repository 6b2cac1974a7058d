using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

/// <summary>A database on the tests' PostgreSQL, for one test class.</summary>
public sealed class PostgresDatabase(SharedPostgres server) : TestDatabase, IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    public async ValueTask InitializeAsync() => ConnectionString = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => default;
}
