using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>One process: there the cache loses nothing either.</summary>
public sealed class CacheConcurrencyTests : SessionConcurrencyContract
{
    protected override void Store(SessionsBuilder sessions)
    {
        sessions.Services.AddDistributedMemoryCache();
        sessions.StoreInCache();
    }
}
