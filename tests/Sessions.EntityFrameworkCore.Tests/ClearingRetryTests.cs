using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>A batch that the database gave up, as one of two in a deadlock, is cleared in a second attempt; a database that goes on failing is an error.</summary>
public sealed class ClearingRetryTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    private readonly Victim _victim = new();

    [Theory]
    [InlineData(1, true)]
    [InlineData(1000, false)]
    public async Task A_batch_that_fails_for_the_moment_is_tried_again_in_bounds(int failures, bool succeeds)
    {
        await database.CreateAsync();
        await using var context = database.NewContext();
        context.Sessions.Add(new SessionEntity { Id = "v1.a", Version = 1, ExpiresAt = DateTime.UtcNow.AddSeconds(-1) });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options =>
        {
            database.Configure(options);
            options.AddInterceptors(_victim);
        });
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider();
        _victim.Failures = failures;

        var clearing = provider.GetRequiredService<SessionManager>().ClearExpiredAsync(null, TestContext.Current.CancellationToken).AsTask();

        if (succeeds)
            Assert.Equal(1, await clearing);
        else
            await Assert.ThrowsAnyAsync<DbException>(() => clearing);
    }

    private sealed class Victim : DbCommandInterceptor
    {
        public int Failures { get; set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Failures-- > 0 ? throw new Deadlock() : new(result);
    }

#pragma warning disable CA1064 // Nobody catches it by its name
    private sealed class Deadlock() : DbException("deadlock detected")
    {
        public override bool IsTransient => true;
    }
#pragma warning restore CA1064
}
