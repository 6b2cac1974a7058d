using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>The table comes from a checked-in migration.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Sessions_work_on_a_migrated_database()
    {
        using var database = new SqliteDatabase();
        var services = new ServiceCollection();
        services.AddDbContext<MigratedContext>(database.Configure);
        services.AddTypedSessions().StoreInDatabase<MigratedContext>();
        await using var provider = services.BuildServiceProvider();
        await using (var scope = provider.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<MigratedContext>();
            Assert.False(context.Database.HasPendingModelChanges());
            await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
            Assert.Empty(await context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        }

        var manager = provider.GetRequiredService<SessionManager>();
        var session = manager.Create();
        session.Set("n", 1);
        await session.SaveAsync(TestContext.Current.CancellationToken);
        session.CycleId();
        await session.SaveAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, (await manager.OpenAsync(session.Id!.Value, TestContext.Current.CancellationToken))!.Get<int>("n"));
        Assert.Equal(0, await manager.ClearExpiredAsync(null, TestContext.Current.CancellationToken));
    }
}
