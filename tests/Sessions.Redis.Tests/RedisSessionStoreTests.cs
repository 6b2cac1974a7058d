using StackExchange.Redis;

namespace Sessions.Tests;

public sealed class RedisSessionStoreTests(RedisFixture redis) : RedisSessionStoreContract(redis.ConnectionString)
{
    [Fact]
    public async Task A_session_can_be_read_with_the_servers_own_tools()
    {
        var id = await StoreAsync(NewRecord(("name", "\"Ada\""), ("visits", "1")));
        await Store.SaveAsync(id, Change(set: [("visits", "2"), ("größe", "3")]), Cancel);

        var fields = await redis.Database.HashGetAllAsync(Prefix + id);

        Assert.Equal(["", "größe", "name", "visits"], fields.Select(field => field.Name.ToString()).Order(StringComparer.Ordinal).Order());
        Assert.Equal("0:\"Ada\"", await redis.Database.HashGetAsync(Prefix + id, "name"));
        Assert.Equal("1:2", await redis.Database.HashGetAsync(Prefix + id, "visits"));
        Assert.Equal("2:3", await redis.Database.HashGetAsync(Prefix + id, "größe"));
    }

    [Fact]
    public async Task The_server_forgets_a_session_when_it_expires()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        AssertClose(record.ExpiresAt, await ExpiryAsync(id));

        var saved = await Store.SaveAsync(id, Change(record, expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))), Cancel);
        AssertClose(Now.AddHours(1), await ExpiryAsync(id));

        await Store.RenewAsync(id, saved.Record!.Version, Now.AddDays(3), Cancel);
        AssertClose(Now.AddDays(3), await ExpiryAsync(id));

        await Store.RotateAsync(id, NewId(), Change(), Cancel);
        AssertClose(Now + SessionRecord.RetirementPeriod, await ExpiryAsync(id));

        // The store's clock stands still here while the server's goes on.
        static void AssertClose(DateTimeOffset expected, DateTime? actual) =>
            Assert.InRange(actual!.Value, expected.UtcDateTime, expected.UtcDateTime.AddSeconds(30));
    }

    [Fact]
    public async Task A_session_that_the_server_has_forgotten_is_not_saved()
    {
        var record = Change(set: [("a", "1")], expiry: SessionExpiry.AtMoment(Now.AddSeconds(-1))).Apply(null);
        var id = await StoreAsync(record);

        Assert.False(await redis.Database.KeyExistsAsync(Prefix + id));
        Assert.Equal(SessionStoreOutcome.Missing, (await Store.SaveAsync(id, Change(record, set: [("b", "2")]), Cancel)).Outcome);
        Assert.False(await redis.Database.KeyExistsAsync(Prefix + id));
    }

    [Theory]
    [InlineData("", "nonsense")]
    [InlineData("", "1 2")]
    [InlineData("", "1 9999999999999999999 0 0 0 0 0")]
    [InlineData("a", "no place")]
    [InlineData("a", "7")]
    public async Task A_damaged_hash_is_no_session(string field, string value)
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        await redis.Database.HashSetAsync(Prefix + id, field, value);

        Assert.Null(await Store.LoadAsync(id, Cancel));
        Assert.Null(Store.Load(id));
    }

    [Fact]
    public async Task A_key_that_is_not_a_hash_is_an_error()
    {
        var id = NewId();
        await redis.Database.StringSetAsync(Prefix + id, "foreign");

        await Assert.ThrowsAsync<RedisServerException>(async () => await Store.LoadAsync(id, Cancel));
        await Assert.ThrowsAsync<RedisServerException>(async () => await Store.SaveAsync(id, Change(NewRecord()), Cancel));
    }

    [Fact]
    public async Task Scripts_that_the_server_has_forgotten_are_sent_again()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        await Store.SaveAsync(id, Change(set: [("a", "2")]), Cancel);

        await redis.Connection.GetServers()[0].ScriptFlushAsync();

        Assert.Equal(SessionStoreOutcome.Done, (await Store.SaveAsync(id, Change(set: [("a", "3")]), Cancel)).Outcome);
        Assert.True((await Store.CreateAsync(NewId(), NewRecord(), Cancel)));
        Assert.Equal(SessionStoreOutcome.Done, await Store.DeleteAsync(id, Cancel));
    }

    private Task<DateTime?> ExpiryAsync(string id) => redis.Database.KeyExpireTimeAsync(Prefix + id);
}
