using Microsoft.EntityFrameworkCore;

namespace Sessions.Tests;

public sealed class PostgresContentionTests(PostgresDatabase database) : ContentionTests(database), IClassFixture<PostgresDatabase>
{
    private readonly PostgresDatabase _database = database;

    protected override void ConfigureImpatient(DbContextOptionsBuilder options) =>
        options.UseNpgsql(_database.ConnectionString + ";Options=-c lock_timeout=1s");
}
