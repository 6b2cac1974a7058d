namespace Sessions.Tests;

public sealed class SqliteTicketStoreTests(SqliteDatabase database) : TicketStoreContract, IClassFixture<SqliteDatabase>
{
    protected override void Store(SessionsBuilder sessions)
    {
        database.AddTo(sessions.Services);
        sessions.StoreInDatabase<ShopContext>();
    }

    protected override Task PrepareAsync() => database.CreateAsync();
}
