namespace Sessions.Tests;

public abstract class DatabaseConcurrencyTests(TestDatabase database) : SessionConcurrencyContract
{
    protected override void Store(SessionsBuilder sessions)
    {
        database.AddTo(sessions.Services);
        sessions.StoreInDatabase<ShopContext>();
    }

    protected override Task PrepareAsync() => database.CreateAsync();
}
