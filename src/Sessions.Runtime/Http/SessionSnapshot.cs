using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>
/// The session of a connection: what was loaded for the request that began it. A hub that is polled has no request that lasts; SignalR
/// gives it a copy of the first one's context, with the items and the headers and without the features.
/// </summary>
internal static class SessionSnapshot
{
    public const string RequestIsOver = "The request is over: what is written to its session now would never be saved. "
        + "Outside of a request, take a session from SessionManager.OpenAsync(id), and save it.";

    public const string OfConnection = "The session of a connection (a WebSocket, a hub, an interactive circuit) can only be read: it is as it was "
        + "loaded, and what is written to it would not be saved before the connection ends. Keep its Id; for each piece of work open the "
        + "session by SessionManager.OpenAsync(id), change that one, and call its SaveAsync().";

    private static readonly object Item = new();

    /// <summary>Leaves the snapshot where a copy of the context finds it.</summary>
    public static void Keep(HttpContext context, Session snapshot) => context.Items[Item] = snapshot;

    /// <summary>The snapshot of a context that SignalR has copied; null when it is no such context.</summary>
    public static Session? Find(HttpContext context)
    {
        if (context.Items.TryGetValue(Item, out var kept))
            return (Session)kept!;
        if (context.GetEndpoint() is not { } endpoint
            || context.RequestServices.GetService<SessionServices>() is not { } services
            || !services.Endpoints.Find(endpoint).IsHub)
            return null;

        // Its endpoint does not require the session: it is loaded when it is touched.
        var session = new SessionRequest(context, services).Session.Snapshot();
        Keep(context, session);
        return session;
    }
}
