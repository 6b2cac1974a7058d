using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>
/// Takes over what <c>AddSession()</c> kept, for a request that brings its cookie and none of ours. Its own middleware reads it: how the
/// cookie is protected and the entry laid out is known to that one alone.
/// </summary>
internal sealed partial class FormerSessionMiddleware
{
    private readonly RequestDelegate _next;
    private readonly Microsoft.AspNetCore.Session.SessionMiddleware _former;
    private readonly CookieBuilder _cookie;
    private readonly ILogger _logger;

    public FormerSessionMiddleware(
        RequestDelegate next,
        Microsoft.AspNetCore.Session.ISessionStore store,
        IOptions<SessionOptions> options,
        IDataProtectionProvider protection,
        ILoggerFactory loggers)
    {
        _next = next;
        _former = new(TakeOverAsync, loggers, protection, store, options);
        _cookie = options.Value.Cookie;
        _logger = loggers.CreateLogger<Session>();
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.GetSessionRequest();
        if (!request.BringsCookie && context.Request.Cookies.ContainsKey(_cookie.Name!))
        {
            try
            {
                await _former.Invoke(context);
            }
            finally
            {
                context.Features.Set<ISessionFeature>(request);   // HttpContext.Session is ours again
            }
        }

        await _next(context);
    }

    // Saved at once: the cookie of the former session goes whatever the handler does.
    private async Task TakeOverAsync(HttpContext context)
    {
        var (former, session) = (context.Session, context.GetSession());
        await former.LoadAsync(context.RequestAborted);
        try
        {
            foreach (var key in former.Keys)
            {
                if (former.TryGetValue(key, out var value))
                    session.SetBytes(key, value);
            }

            await session.SaveAsync(context.RequestAborted);
            if (session.Modified)
                return;   // not stored, for want of consent: it stays where it is
        }
        catch (Exception exception) when (exception is ArgumentException or SessionTooLargeException)
        {
            session.Discard();
            LogRefused(_logger, exception);
        }

        context.Response.Cookies.Delete(_cookie.Name!, _cookie.Build(context));
    }

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message =
        "A session that AddSession() kept is beyond the limits of this one's options; its visitor begins anew.")]
    private static partial void LogRefused(ILogger logger, Exception exception);
}
