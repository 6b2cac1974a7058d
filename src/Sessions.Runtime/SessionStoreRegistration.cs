using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>A store that this application can run on, by the name that configuration chooses it by.</summary>
internal sealed record SessionStoreRegistration(string Name, Func<IServiceProvider, ISessionStore> Create)
{
    public static SessionStoreRegistration Memory { get; } =
        new("memory", services => ActivatorUtilities.CreateInstance<MemorySessionStore>(services));

    public static SessionStoreRegistration Files { get; } =
        new("files", services => ActivatorUtilities.CreateInstance<FileSessionStore>(services));

    public static SessionStoreRegistration Cache { get; } = new("cache", CreateCache);

    public static SessionStoreRegistration Cookies { get; } = new("cookies", CreateCookies);

    private static readonly SessionStoreRegistration[] BuiltIn = [Memory, Cache, Files, Cookies];

    /// <summary>The store of that name; without a name the one registered last, or memory. Null when the name is unknown.</summary>
    public static SessionStoreRegistration? Find(IEnumerable<SessionStoreRegistration> registered, string? name) => name is null
        ? registered.LastOrDefault() ?? Memory
        : BuiltIn.Concat(registered).LastOrDefault(store => store.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static string KnownNames(IEnumerable<SessionStoreRegistration> registered) =>
        string.Join(", ", BuiltIn.Concat(registered).Select(store => store.Name).Distinct(StringComparer.OrdinalIgnoreCase));

    private static CookieSessionStore CreateCookies(IServiceProvider services) => services.GetService<IDataProtectionProvider>() is not null
        ? ActivatorUtilities.CreateInstance<CookieSessionStore>(services)
        : throw new InvalidOperationException("Sessions in cookies need Data Protection: call StoreInCookies(), or services.AddDataProtection().");

    private static CacheSessionStore CreateCache(IServiceProvider services) => services.GetService<IDistributedCache>() is not null
        ? ActivatorUtilities.CreateInstance<CacheSessionStore>(services)
        : throw new InvalidOperationException(
            "StoreInCache() finds no IDistributedCache: register one, for example by AddStackExchangeRedisCache or AddDistributedMemoryCache.");
}
