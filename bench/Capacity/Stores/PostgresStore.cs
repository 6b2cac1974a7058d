using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Sessions.Tests;

namespace Sessions.Capacity;

internal sealed class PostgresStore : DatabaseStore
{
    private PostgresServer _server = null!;
    private string _connection = "";

    public override async Task StartAsync()
    {
        _server = await PostgresServer.StartNewAsync(isDurable: true);
        _connection = await _server.CreateDatabaseAsync() + ";Maximum Pool Size=50";
    }

    /// <summary>The table with its indexes.</summary>
    public override async Task<long> BytesAsync() => (await QueryAsync("""SELECT pg_total_relation_size('"Sessions"') AS "Value" """)).Single();

    public override async Task<TimeSpan> ServerTimeAsync()
    {
        var total = TimeSpan.Zero;
        foreach (var number in await QueryAsync("""SELECT pid::bigint AS "Value" FROM pg_stat_activity WHERE backend_type <> 'autovacuum worker'"""))
        {
            using var process = Process.GetProcessById((int)number);
            total += process.TotalProcessorTime;
        }

        return total;
    }

    public override ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    protected override string CopyStatement => """
        INSERT INTO "Sessions" ("Id", "Data", "ExpiresAt", "Version", "CreatedAt")
        SELECT copy."To", s."Data", s."ExpiresAt", s."Version", s."CreatedAt"
        FROM json_to_recordset({0}::json) AS copy("From" text, "To" text) JOIN "Sessions" s ON s."Id" = copy."From"
        """;

    protected override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(_connection);
}
