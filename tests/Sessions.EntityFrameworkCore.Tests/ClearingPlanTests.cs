using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>What has expired is found in the index alone.</summary>
public sealed class ClearingPlanTests(PostgresDatabase postgres) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task On_SQLite_a_covering_index_answers()
    {
        using var sqlite = new SqliteDatabase();

        var plans = await PlansAsync(sqlite, "ANALYZE", "EXPLAIN QUERY PLAN");

        Assert.All(plans.Where(IsSelection), plan => Assert.Contains("USING COVERING INDEX IX_Sessions_ExpiresAt_Id", plan, StringComparison.Ordinal));
        Assert.All(plans, plan => Assert.Contains("INDEX IX_Sessions_ExpiresAt_Id (ExpiresAt>? AND ExpiresAt<?)", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_PostgreSQL_an_index_only_scan_answers()
    {
        // The table is so small that a detour by the table itself may look cheaper, as it does not in one that needs clearing.
        var plans = await PlansAsync(postgres, "VACUUM ANALYZE", "SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN");

        Assert.All(plans.Where(IsSelection), plan => Assert.Contains("Index Only Scan using \"IX_Sessions_ExpiresAt_Id\"", plan, StringComparison.Ordinal));
        Assert.All(plans, plan => Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal));
    }

    private static bool IsSelection(string plan) => plan.StartsWith("SELECT", StringComparison.Ordinal);

    // The plans of three selections and three deletions.
    private static async Task<List<string>> PlansAsync(TestDatabase database, string analyze, string explain)
    {
        await database.CreateAsync();
        await using (var context = database.NewContext())
        {
            context.Sessions.AddRange(Enumerable.Range(0, 20_000).Select(i => new SessionEntity
            {
                Id = $"v1.{i}",
                Version = 1,
                ExpiresAt = i < 2500 ? DateTime.UtcNow.AddSeconds(-i) : DateTime.UtcNow.AddDays(1),
            }));
            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
            await context.Database.ExecuteSqlRawAsync(analyze, TestContext.Current.CancellationToken);
        }

        var log = new PlanLog(explain);
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options =>
        {
            database.Configure(options);
            options.AddInterceptors(log);
        });
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider();
        Assert.Equal(2500, await provider.GetRequiredService<SessionManager>().ClearExpiredAsync(null, TestContext.Current.CancellationToken));

        Assert.Equal(6, log.Plans.Count);
        return log.Plans;
    }
}
