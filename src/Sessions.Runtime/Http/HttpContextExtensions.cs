using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>The session of a request.</summary>
public static class HttpContextExtensions
{
    /// <summary>The current request's session. Not loaded by this: its first use is.</summary>
    /// <exception cref="InvalidOperationException">The request did not pass <c>UseTypedSessions()</c>.</exception>
    public static Session GetSession(this HttpContext context) => context.GetSessionRequest().Session;

    internal static SessionRequest GetSessionRequest(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<SessionRequest>() ?? throw new InvalidOperationException(
            "There is no session in this request: call app.UseTypedSessions() before the middleware and endpoints that use it.");
    }
}
