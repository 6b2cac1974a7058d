namespace Sessions.Tests;

/// <summary>A cluster of three masters.</summary>
public sealed class RedisCluster : IAsyncLifetime
{
    private readonly List<RedisServer> _servers = [];

    public string ConnectionString => string.Join(',', _servers.Select(server => server.ConnectionString));

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
            _servers.Add(await RedisServer.StartAsync(settings: ["--cluster-enabled", "yes", "--cluster-port", $"{RedisServer.FreePort()}"]));
        await _servers[0].CliAsync(["--cluster", "create", .. _servers.Select(server => server.ConnectionString), "--cluster-yes"]);
        foreach (var server in _servers)
        {
            while (!(await server.CliAsync("cluster", "info")).Contains("cluster_state:ok", StringComparison.Ordinal))
                await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }
}
