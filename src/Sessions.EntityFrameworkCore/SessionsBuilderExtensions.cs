using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Sessions in a database.</summary>
public static class SessionsBuilderExtensions
{
    /// <summary>
    /// Keeps sessions in a table of the application's database (<c>modelBuilder.AddSessions()</c>). The context may come from
    /// <c>AddDbContext</c>, <c>AddDbContextFactory</c> or a pool; the store uses instances of its own, never the request's.
    /// </summary>
    public static SessionsBuilder StoreInDatabase<TContext>(this SessionsBuilder builder)
        where TContext : DbContext => builder.StoreInDatabase<TContext, SessionEntity>();

    /// <summary>Keeps sessions in a table with an entity of one's own (<c>modelBuilder.AddSessions&lt;TSession&gt;()</c>).</summary>
    /// <param name="builder">The sessions.</param>
    /// <param name="fill">
    /// Called before each save, to set the entity's own columns from the session as it will be stored, so that sessions can be queried by
    /// them. It only reads the session. Null sets none. A rotated id leaves a row without them for a minute, so the columns must be
    /// nullable or have defaults.
    /// </param>
    public static SessionsBuilder StoreInDatabase<TContext, TSession>(this SessionsBuilder builder, Action<Session, TSession>? fill = null)
        where TContext : DbContext
        where TSession : SessionEntity, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddStore("database", services => new DatabaseSessionStore<TContext, TSession>(services, fill));
    }

    /// <summary>
    /// Keeps sessions as <see cref="StoreInDatabase{TContext}"/> does, and serves reads from the registered <c>IDistributedCache</c>.
    /// </summary>
    /// <remarks>
    /// <para>All processes of the application must share one cache. Every write goes to the database first, so that none is lost. A session that was signed out, or whose id was rotated, is
    /// gone for every process at once. When the cache is down, the database answers alone.</para>
    /// <para>What the cache serves may be up to five minutes old: where a read and a save of two processes overlap unluckily, where the cache
    /// fails or drops entries during a sign-out, and where rows are changed or deleted by statements of the application's own. Choose
    /// <see cref="StoreInDatabase{TContext}"/> where a row that is deleted must sign out at once.</para>
    /// </remarks>
    public static SessionsBuilder StoreInCachedDatabase<TContext>(this SessionsBuilder builder)
        where TContext : DbContext => builder.StoreInCachedDatabase<TContext, SessionEntity>();

    /// <summary>Keeps sessions as <see cref="StoreInCachedDatabase{TContext}"/> does, with an entity of one's own.</summary>
    /// <param name="builder">The sessions.</param>
    /// <param name="fill">As in <see cref="StoreInDatabase{TContext, TSession}"/>.</param>
    public static SessionsBuilder StoreInCachedDatabase<TContext, TSession>(this SessionsBuilder builder, Action<Session, TSession>? fill = null)
        where TContext : DbContext
        where TSession : SessionEntity, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddStore("cached_database", services => services.GetService<IDistributedCache>() is not null
            ? ActivatorUtilities.CreateInstance<CachedSessionStore>(services, new DatabaseSessionStore<TContext, TSession>(services, fill))
            : throw new InvalidOperationException(
                "StoreInCachedDatabase() finds no IDistributedCache: register one, for example by AddStackExchangeRedisCache or AddDistributedMemoryCache."));
    }
}
