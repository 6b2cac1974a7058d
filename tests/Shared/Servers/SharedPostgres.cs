namespace Sessions.Tests;

/// <summary>One PostgreSQL for all tests of an assembly (<c>[assembly: AssemblyFixture(typeof(SharedPostgres))]</c>), started for the first that asks.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartNewAsync());

    /// <summary>Makes an empty database and gives the connection string.</summary>
    public async Task<string> CreateDatabaseAsync() => await (await _server.Value).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
