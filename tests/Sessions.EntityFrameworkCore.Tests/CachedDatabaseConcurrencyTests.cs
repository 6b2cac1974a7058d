using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

public sealed class CachedDatabaseConcurrencyTests : SessionConcurrencyContract
{
    private readonly SqliteDatabase _database = new();

    protected override void Store(SessionsBuilder sessions)
    {
        _database.AddTo(sessions.Services);
        sessions.Services.AddDistributedMemoryCache();
        sessions.StoreInCachedDatabase<ShopContext>();
    }

    protected override Task PrepareAsync() => _database.CreateAsync();

    protected override Task CleanUpAsync()
    {
        _database.Dispose();
        return Task.CompletedTask;
    }
}
