using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>Every way in which an application can register its context.</summary>
public sealed class ContextLifetimeTests : IDisposable
{
    private readonly SqliteDatabase _database = new();

    [Theory]
    [InlineData("context")]
    [InlineData("factory")]
    [InlineData("pool")]
    [InlineData("pooled factory")]
    [InlineData("scoped factory")]
    public async Task Sessions_work_with_a_context_from(string registration)
    {
        await _database.CreateAsync();
        var services = new ServiceCollection();
        _ = registration switch
        {
            "context" => services.AddDbContext<ShopContext>(_database.Configure),
            "factory" => services.AddDbContextFactory<ShopContext>(_database.Configure),
            "pool" => services.AddDbContextPool<ShopContext>(_database.Configure),
            "pooled factory" => services.AddPooledDbContextFactory<ShopContext>(_database.Configure),
            _ => services.AddDbContextFactory<ShopContext>(_database.Configure, ServiceLifetime.Scoped),
        };
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var manager = provider.GetRequiredService<SessionManager>();

        var session = manager.Create();
        session.Set("n", 1);
        await session.SaveAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, (await manager.OpenAsync(session.Id!.Value, TestContext.Current.CancellationToken))!.Get<int>("n"));
    }

    [Fact]
    public async Task A_model_without_the_table_is_told_what_to_call()
    {
        var services = new ServiceCollection();
        services.AddDbContext<EmptyContext>(_database.Configure);
        services.AddTypedSessions().StoreInDatabase<EmptyContext>();
        await using var provider = services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.GetRequiredService<SessionManager>().ExistsAsync(SessionId.New(), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("modelBuilder.AddSessions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_is_not_registered_is_named()
    {
        var services = new ServiceCollection();
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.GetRequiredService<SessionManager>().ExistsAsync(SessionId.New(), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("register it with AddDbContext", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_of_the_applications_takes_no_session_with_it()
    {
        await _database.CreateAsync();
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(_database.Configure);
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider();
        var manager = provider.GetRequiredService<SessionManager>();
        var session = manager.Create();

        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            session.Set("n", 1);
            await session.SaveAsync(TestContext.Current.CancellationToken);
            session.CycleId();
            await session.SaveAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(Transaction.Current);
        }

        Assert.True(await manager.ExistsAsync(session.Id!.Value, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _database.Dispose();

    private sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options);
}
