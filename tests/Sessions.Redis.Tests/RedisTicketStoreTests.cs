namespace Sessions.Tests;

public sealed class RedisTicketStoreTests(RedisFixture redis) : TicketStoreContract
{
    protected override bool ClearsByItself => true;

    protected override void Store(SessionsBuilder sessions) =>
        sessions.StoreInRedis(redis.ConnectionString, options => options.KeyPrefix = RedisFixture.NewPrefix());
}
