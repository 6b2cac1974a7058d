using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Sessions.Tests;

public sealed class RedisConnectionTests(RedisFixture redis)
{
    private readonly string _name = $"{Guid.NewGuid():n}";

    [Fact]
    public async Task It_is_made_once_when_it_is_first_needed_and_goes_with_the_container()
    {
        var services = Services(sessions => sessions.StoreInRedis($"{redis.ConnectionString},name={_name}"));
        var store = services.GetRequiredService<ISessionStore>();
        Assert.Equal(0, await ConnectionsAsync());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await store.ExistsAsync("v1.a"))));
        store.Load("v1.a");
        Assert.InRange(await ConnectionsAsync(), 1, 2);   // a client may have one for commands and one for subscriptions

        await services.DisposeAsync();
        await FewerThanAsync(1);
    }

    [Fact]
    public async Task Callers_of_both_kinds_at_once_share_one()
    {
        using (var services = Services(sessions => sessions.StoreInRedis($"{redis.ConnectionString},name={_name}")))
        {
            var store = services.GetRequiredService<ISessionStore>();
            // Those that wait have threads of their own: the pool's must be free to read the server's answers.
            var waiting = Enumerable.Range(0, 10).Select(_ => Task.Factory.StartNew(
                () => store.Load("v1.a"), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
            var others = Enumerable.Range(0, 10).Select(_ => Task.Run(async () => await store.LoadAsync("v1.a")));
            Assert.All(await Task.WhenAll([.. waiting, .. others]), Assert.Null);
            await FewerThanAsync(3);   // one that was made at the same time is closed again
        }

        await FewerThanAsync(1);
    }

    [Fact]
    public async Task The_applications_own_is_used_and_left_open()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.ConnectionString},name={_name}");
        var services = Services(sessions =>
        {
            sessions.Services.AddSingleton<IConnectionMultiplexer>(connection);
            sessions.StoreInRedis();
        });

        Assert.False(await services.GetRequiredService<ISessionStore>().ExistsAsync("v1.a", TestContext.Current.CancellationToken));
        await ((IAsyncDisposable)services.GetRequiredService<ISessionStore>()).DisposeAsync();

        await connection.GetDatabase().PingAsync();
    }

    [Fact]
    public void Without_any_the_error_says_what_is_missing()
    {
        using var services = Services(sessions => sessions.StoreInRedis());

        var error = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<ISessionStore>());

        Assert.Contains(nameof(IConnectionMultiplexer), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_is_chosen_by_its_name()
    {
        await using var services = Services(sessions =>
        {
            sessions.StoreInRedis(redis.ConnectionString).StoreInMemory();
            sessions.Services.Configure<TypedSessionOptions>(options => options.Store = "redis");
        });

        Assert.IsType<RedisSessionStore>(services.GetRequiredService<ISessionStore>());
    }

    private static ServiceProvider Services(Action<SessionsBuilder> store)
    {
        var sessions = new ServiceCollection().AddTypedSessions();
        store(sessions);
        return sessions.Services.BuildServiceProvider();
    }

    private async Task<int> ConnectionsAsync()
    {
        var clients = await redis.Connection.GetServers()[0].ClientListAsync();
        return clients.Count(client => client.Name == _name);
    }

    private async Task FewerThanAsync(int connections)
    {
        while (await ConnectionsAsync() >= connections)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
