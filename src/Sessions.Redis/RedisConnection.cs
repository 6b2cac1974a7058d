using StackExchange.Redis;

namespace Sessions;

/// <summary>
/// The connection, made when it is first needed and shared from then on; it reconnects by itself. One that the application made is used
/// and left to it.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    private readonly ConfigurationOptions? _configuration;   // null: the connection is the application's
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly Lock _connectingNow = new();
    private IConnectionMultiplexer? _shared;                 // null until it is needed

    public RedisConnection(string configuration)
    {
        _configuration = ConfigurationOptions.Parse(configuration);
        _configuration.AbortOnConnectFail = false;   // a server that is down now may be up for the next request
    }

    public RedisConnection(IConnectionMultiplexer shared) => _shared = shared;

    public IDatabase Get() => (_shared ?? Connect()).GetDatabase();

    public async ValueTask<IDatabase> GetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (_shared ?? await ConnectAsync().WaitAsync(cancellationToken)).GetDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        if (_configuration is not null && _shared is not null)
            await _shared.DisposeAsync();
        _connecting.Dispose();
    }

    public void Dispose()
    {
        if (_configuration is not null)
            _shared?.Dispose();
        _connecting.Dispose();
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        await _connecting.WaitAsync();
        try
        {
            return _shared ?? Share(await ConnectionMultiplexer.ConnectAsync(_configuration!));
        }
        finally
        {
            _connecting.Release();
        }
    }

    // Should an asynchronous caller be connecting already, this makes a second connection for a moment rather than wait for that one.
    private IConnectionMultiplexer Connect()
    {
        lock (_connectingNow)
            return _shared ?? Share(ConnectionMultiplexer.Connect(_configuration!));
    }

    private IConnectionMultiplexer Share(ConnectionMultiplexer made)
    {
        if (Interlocked.CompareExchange(ref _shared, made, null) is not { } earlier)
            return made;
        made.Dispose();
        return earlier;
    }
}
