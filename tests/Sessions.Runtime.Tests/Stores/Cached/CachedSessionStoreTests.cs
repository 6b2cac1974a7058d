using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class CachedSessionStoreTests : SessionStoreContract
{
    protected override ISessionStore CreateStore(TimeProvider time) => new CachedSessionStore(
        new MemorySessionStore(Options.Create(new MemorySessionStoreOptions()), time, NullLogger<MemorySessionStore>.Instance),
        new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())),
        time,
        NullLogger<CachedSessionStore>.Instance);
}
