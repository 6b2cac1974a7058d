using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace Sessions;

/// <summary>The session of a request.</summary>
public static class HttpContextExtensions
{
    /// <summary>
    /// The current request's session. Not loaded by this: its first use is. A hub's and any other connection's can be read only.
    /// </summary>
    /// <exception cref="InvalidOperationException">The request did not pass <c>UseTypedSessions()</c>.</exception>
    public static Session GetSession(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<SessionRequest>()?.Session ?? SessionSnapshot.Find(context) ?? throw NoSession();
    }

    internal static SessionRequest GetSessionRequest(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<SessionRequest>() ?? throw NoSession();
    }

    /// <summary>Whether a request to the endpoint is one of those of which a SignalR connection consists.</summary>
    internal static bool IsHub(this Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<HubMetadata>() is not null;

    private static InvalidOperationException NoSession() => new(
        "There is no session in this request: call app.UseTypedSessions() before the middleware and endpoints that use it.");
}
