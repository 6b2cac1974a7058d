using Microsoft.EntityFrameworkCore;

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
}
