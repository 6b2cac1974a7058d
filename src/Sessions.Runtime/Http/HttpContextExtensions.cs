using Microsoft.AspNetCore.Http;

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

    private static InvalidOperationException NoSession() => new(
        "There is no session in this request: call app.UseTypedSessions() before the middleware and endpoints that use it.");
}
