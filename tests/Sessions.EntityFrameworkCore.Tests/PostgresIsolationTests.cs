using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>PostgreSQL ends one of two statements that meet under a stricter isolation: that is contention, and tried again.</summary>
public sealed class PostgresIsolationTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const int Writers = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read committed")]
    [InlineData("repeatable read")]
    [InlineData("serializable")]
    public async Task Writers_of_different_keys_lose_nothing(string isolation)
    {
        await database.CreateAsync();
        var options = $"Options=-c default_transaction_isolation={isolation.Replace(" ", "\\ ", StringComparison.Ordinal)}";
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(builder => builder.UseNpgsql($"{database.ConnectionString};{options}"));
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider();
        var manager = provider.GetRequiredService<SessionManager>();
        var session = manager.Create();
        session.Set("begin", 1);
        await session.SaveAsync(Cancel);

        for (var round = 0; round < TestScale.Of(100); round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
            {
                var mine = (await manager.OpenAsync(session.Id!.Value, Cancel))!;
                mine.Set($"writer{writer}", round);
                await mine.SaveAsync(Cancel);
            }));

            var saved = (await manager.OpenAsync(session.Id!.Value, Cancel))!;
            Assert.All(Enumerable.Range(0, Writers), writer => Assert.Equal(round, saved.Get<int>($"writer{writer}")));
        }
    }
}
