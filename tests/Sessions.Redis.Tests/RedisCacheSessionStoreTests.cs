using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>The store of <c>StoreInCache()</c> on ASP.NET Core's Redis cache.</summary>
public sealed class RedisCacheSessionStoreTests(RedisFixture redis) : SessionStoreContract
{
    private readonly string _prefix = RedisFixture.NewPrefix();
    private ServiceProvider? _services;

    protected override bool KeepsExpired => false;

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task The_server_forgets_a_session_when_it_expires()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        await AssertExpiresAsync(id, record.ExpiresAt);

        await Store.SaveAsync(id, Change(record, expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))), Cancel);
        await AssertExpiresAsync(id, Now.AddHours(1));

        await Store.RenewAsync(id, record.Version + 1, Now.AddDays(3), Cancel);
        await AssertExpiresAsync(id, Now.AddDays(3));

        await Store.RotateAsync(id, NewId(), Change(), Cancel);
        await AssertExpiresAsync(id, Now + SessionRecord.RetirementPeriod);
    }

    protected override ISessionStore CreateStore(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddStackExchangeRedisCache(options => (options.Configuration, options.InstanceName) = (redis.ConnectionString, _prefix));
        services.AddTypedSessions().StoreInCache();
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<ISessionStore>();
    }

    // The cache is told how long, not until when, and counts in whole seconds by the real clock.
    private async Task AssertExpiresAsync(string id, DateTimeOffset at)
    {
        var expiry = await redis.Database.KeyExpireTimeAsync($"{_prefix}Sessions:{id}");
        Assert.InRange(expiry!.Value, at.UtcDateTime.AddSeconds(-2), at.UtcDateTime.AddSeconds(60));
    }
}
