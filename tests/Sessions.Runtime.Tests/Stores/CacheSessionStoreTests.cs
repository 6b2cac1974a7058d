using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class CacheSessionStoreTests : SessionStoreContract
{
    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));

    protected override bool KeepsExpired => false;

    [Fact]
    public async Task A_damaged_entry_is_no_session()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        await _cache.SetAsync($"Sessions:{id}", "hello"u8.ToArray(), Cancel);

        Assert.Null(await Store.LoadAsync(id, Cancel));
        Assert.Null(Store.Load(id));
    }

    [Fact]
    public async Task An_entry_of_the_applications_own_is_never_a_session()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        var bytes = (await _cache.GetAsync($"Sessions:{id}", Cancel))!;
        await _cache.SetAsync("v1.planted", bytes, Cancel);   // under a name that a visitor chose

        Assert.Null(await Store.LoadAsync("v1.planted", Cancel));
        Assert.Null(await _cache.GetAsync(id, Cancel));
    }

    [Fact]
    public async Task The_longest_expiry_is_no_error()
    {
        var id = await StoreAsync(Change(set: [("a", "1")], expiry: SessionExpiry.AtMoment(DateTimeOffset.MaxValue)).Apply(null));

        Assert.True(await Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public void Without_a_cache_the_error_says_what_to_register()
    {
        using var services = new ServiceCollection().AddTypedSessions().StoreInCache().Services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<ISessionStore>());

        Assert.Contains("AddDistributedMemoryCache", error.Message, StringComparison.Ordinal);
    }

    protected override ISessionStore CreateStore(TimeProvider time) =>
        new CacheSessionStore(_cache, time, NullLogger<CacheSessionStore>.Instance);
}
