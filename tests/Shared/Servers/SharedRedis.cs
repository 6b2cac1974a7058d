namespace Sessions.Tests;

/// <summary>One Redis for all tests of an assembly (<c>[assembly: AssemblyFixture(typeof(SharedRedis))]</c>), started for the first that asks.</summary>
public sealed class SharedRedis : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServer>> _server = new(() => RedisServer.StartAsync());

    public async Task<string> ConnectionStringAsync() => (await _server.Value).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
