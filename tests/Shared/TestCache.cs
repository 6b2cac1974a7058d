using Microsoft.Extensions.Caching.Distributed;

namespace Sessions.Tests;

/// <summary>A process's connection to a cache that several share, which a test can cut, stall or hold up.</summary>
internal sealed class TestCache(TestCacheServer server) : IDistributedCache
{
    /// <summary>Runs before each call, which waits for it: told the verb and the key's kind (<c>Set d</c>), it may throw.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public byte[]? Get(string key)
    {
        Check("Get", key);
        return server.Get(key);
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        await CheckAsync("Get", key);
        return server.Get(key);
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        Check("Set", key);
        server.Set(key, value, options);
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        await CheckAsync("Set", key);
        server.Set(key, value, options);
    }

    public void Remove(string key)
    {
        Check("Remove", key);
        server.Entries.TryRemove(key, out _);
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        await CheckAsync("Remove", key);
        server.Entries.TryRemove(key, out _);
    }

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    // As clients do, a synchronous call gives up what takes too long.
    private void Check(string verb, string key)
    {
        var check = CheckAsync(verb, key);
        if (!check.IsCompleted)
            throw new TimeoutException("The cache does not answer.");
        check.GetAwaiter().GetResult();
    }

    private Task CheckAsync(string verb, string key) => Before($"{verb} {key.Split(':')[1]}");
}
