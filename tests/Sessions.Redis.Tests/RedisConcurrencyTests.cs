namespace Sessions.Tests;

public sealed class RedisConcurrencyTests(RedisFixture redis) : SessionConcurrencyContract
{
    protected override void Store(SessionsBuilder sessions) =>
        sessions.StoreInRedis(redis.ConnectionString, options => options.KeyPrefix = RedisFixture.NewPrefix());
}
