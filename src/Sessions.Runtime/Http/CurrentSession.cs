using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Finds the session that is injected: that of the request which a scope of services serves.</summary>
internal sealed class CurrentSession
{
    // A hub, and the components of a circuit, are made in scopes of their own, but in the flow of the request that their connection is.
    private static readonly AsyncLocal<SessionRequest?> Connection = new();

    private HttpContext? _context;   // null in a scope that no request has

    /// <summary>Tells the request's scope whose it is.</summary>
    public static void Tell(IServiceProvider scope, HttpContext context)
    {
        if (scope.GetService<CurrentSession>() is { } current)
            current._context = context;
    }

    /// <summary>The request is a connection.</summary>
    public static void Flow(SessionRequest connection) => Connection.Value = connection;

    /// <exception cref="InvalidOperationException">The scope serves no request.</exception>
    public static Session Of(IServiceProvider scope)
    {
        if (scope.GetRequiredService<CurrentSession>()._context is { } context)
            return context.GetSession();
        if (Connection.Value is { IsRunning: true } connection)
            return connection.Session;

        // A scope that the application made itself.
        if (scope.GetService<IHttpContextAccessor>()?.HttpContext is { } ambient)
            return ambient.GetSession();
        throw new InvalidOperationException(
            "There is no current request, so there is no current session. UseTypedSessions() gives the services of a request theirs; in a scope of "
            + "your own they find it by AddHttpContextAccessor(). In a hub it is Context.GetHttpContext()!.GetSession(); in an interactive circuit "
            + "without a request and in background work, take one from SessionManager.");
    }
}
