using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Sessions;

/// <summary>Sessions in Redis.</summary>
public static class RedisSessionsBuilderExtensions
{
    /// <summary>
    /// Keeps sessions in Redis, one server or a cluster: a hash a session, a field a key. Where no session may be lost, the server must
    /// not evict (<c>maxmemory-policy noeviction</c>) and must keep what it acknowledged (<c>appendonly yes</c>, <c>appendfsync always</c>).
    /// </summary>
    /// <param name="builder">The sessions.</param>
    /// <param name="configuration">
    /// The servers and the settings of the connection, as StackExchange.Redis writes them (<c>host:6379,password=…</c>). It is made when it
    /// is first needed, and goes on trying while the server is down. Null takes the registered <see cref="IConnectionMultiplexer"/>.
    /// </param>
    /// <param name="configure">Changes the options; null leaves the defaults.</param>
    public static SessionsBuilder StoreInRedis(
        this SessionsBuilder builder, string? configuration = null, Action<RedisSessionStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<RedisSessionStoreOptions>(options =>
        {
            options.Configuration = configuration;
            configure?.Invoke(options);
        });
        return builder.AddStore("redis", services => ActivatorUtilities.CreateInstance<RedisSessionStore>(services));
    }
}
