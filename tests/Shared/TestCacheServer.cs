using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Sessions.Tests;

/// <summary>What a shared cache holds.</summary>
internal sealed class TestCacheServer(TimeProvider time)
{
    public ConcurrentDictionary<string, (byte[] Value, DateTimeOffset End)> Entries { get; } = new();

    public byte[]? Get(string key) => Entries.TryGetValue(key, out var entry) && entry.End > time.GetUtcNow() ? entry.Value : null;

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        Entries[key] = (value, time.GetUtcNow() + options.AbsoluteExpirationRelativeToNow!.Value);
}
