using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

public sealed class CachedDatabaseSessionStoreTests : SessionStoreContract
{
    private readonly SqliteDatabase _database = new();
    private ServiceProvider? _services;

    public override async ValueTask InitializeAsync() => await _database.CreateAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        _database.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public void Without_a_cache_the_error_says_what_to_register()
    {
        var services = new ServiceCollection();
        services.AddTypedSessions().StoreInCachedDatabase<ShopContext>();
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<ISessionStore>());

        Assert.Contains("StoreInCachedDatabase() finds no IDistributedCache", error.Message, StringComparison.Ordinal);
        Assert.Contains("AddDistributedMemoryCache", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_chooses_it_by_name()
    {
        var services = new ServiceCollection();
        services.AddDistributedMemoryCache();
        _database.AddTo(services);
        services.AddTypedSessions(options => options.Store = "cached_database").StoreInCachedDatabase<ShopContext>().StoreInDatabase<ShopContext>();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<CachedSessionStore>(provider.GetRequiredService<ISessionStore>());
    }

    [Fact]
    public async Task Columns_of_the_applications_own_are_filled()
    {
        using var database = new SqliteDatabase();
        var services = new ServiceCollection();
        services.AddDbContextFactory<AccountContext>(database.Configure);
        services.AddDistributedMemoryCache();
        services.AddTypedSessions().StoreInCachedDatabase<AccountContext, AccountSession>(
            fill: (session, row) => row.AccountId = session.Get<int?>("account_id"));
        await using var provider = services.BuildServiceProvider();
        await using var context = provider.GetRequiredService<IDbContextFactory<AccountContext>>().CreateDbContext();
        await context.Database.EnsureCreatedAsync(Cancel);
        var session = provider.GetRequiredService<SessionManager>().Create();
        session.Set("account_id", 42);

        await session.SaveAsync(Cancel);

        Assert.Equal([42], await context.Sessions.Select(row => row.AccountId).ToListAsync(Cancel));
    }

    protected override ISessionStore CreateStore(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddDistributedMemoryCache();
        services.AddDbContextPool<ShopContext>(_database.Configure);
        services.AddTypedSessions().StoreInCachedDatabase<ShopContext>();
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<ISessionStore>();
    }
}
