using Sessions.Tests;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(RedisFixture))]

namespace Sessions.Tests;

/// <summary>The server that tests share, each under a key prefix of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer _server = null!;

    public IConnectionMultiplexer Connection { get; private set; } = null!;

    public IDatabase Database => Connection.GetDatabase();

    public string ConnectionString => _server.ConnectionString;

    public static string NewPrefix() => $"{Guid.NewGuid():n}:";

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        Connection = await ConnectionMultiplexer.ConnectAsync($"{ConnectionString},allowAdmin=true");
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
