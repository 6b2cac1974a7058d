using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

public sealed class PostgresCommandTests(SharedPostgres postgres) : CommandTests
{
    private string _connection = null!;

    private protected override string[] Store => ["--postgres", _connection];

    private protected override async Task PrepareAsync()
    {
        _connection = await postgres.CreateDatabaseAsync();
        Assert.Equal(ExitCode.Done, (await RunAsync("create-table", "--execute")).ExitCode);
    }

    private protected override void AddTo(SessionsBuilder sessions)
    {
        sessions.Services.AddDbContext<SiteContext>(options => options.UseNpgsql(_connection));
        sessions.StoreInDatabase<SiteContext>();
    }
}
