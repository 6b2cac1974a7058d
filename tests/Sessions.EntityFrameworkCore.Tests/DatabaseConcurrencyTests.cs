namespace Sessions.Tests;

public sealed class DatabaseConcurrencyTests : SessionConcurrencyContract
{
    private readonly SqliteDatabase _database = new();

    protected override void Store(SessionsBuilder sessions)
    {
        _database.AddTo(sessions.Services);
        sessions.StoreInDatabase<ShopContext>();
    }

    protected override Task PrepareAsync() => _database.CreateAsync();

    protected override Task CleanUpAsync()
    {
        _database.Dispose();
        return Task.CompletedTask;
    }
}
