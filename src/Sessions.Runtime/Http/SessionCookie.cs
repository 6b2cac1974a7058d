using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sessions;

/// <summary>Writes the session's response headers.</summary>
internal readonly struct SessionCookie(HttpContext context, CookieBuilder builder)
{
    private const string Cookie = "Cookie";

    public void Set(SessionId id, TimeSpan? maxAge, DateTimeOffset now)
    {
        var options = builder.Build(context);
        options.MaxAge = maxAge is { } age ? TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)) : null;
        options.Expires = options.MaxAge is { } seconds && seconds < DateTimeOffset.MaxValue - now ? now + seconds : null;
        Append(id.Secret, options);
    }

    public void Delete()
    {
        var options = builder.Build(context);
        options.MaxAge = TimeSpan.Zero;
        options.Expires = DateTimeOffset.UnixEpoch;
        Append("", options);
    }

    /// <summary>Adds <c>Cookie</c> to <c>Vary</c>, unless it or <c>*</c> is there.</summary>
    public void Vary()
    {
        var headers = context.Response.Headers;
        var names = headers.GetCommaSeparatedValues(HeaderNames.Vary);
        if (names.Length == 0)
            headers.Vary = Cookie;
        else if (names.Contains("*", StringComparer.Ordinal))
            headers.Vary = "*";
        else if (!names.Contains(Cookie, StringComparer.OrdinalIgnoreCase))
            headers.Vary = new StringValues(string.Join(", ", names.Append(Cookie)));
    }

    // No cache may keep an answer that sets the cookie and hand it to another visitor.
    private void Append(string value, CookieOptions options)
    {
        var ours = builder.Name + "=";
        var headers = context.Response.Headers;
        headers.SetCookie = headers.SetCookie.Where(cookie => cookie?.StartsWith(ours, StringComparison.Ordinal) != true).ToArray();
        context.Response.Cookies.Append(builder.Name!, value, options);
        headers.CacheControl = "no-store, no-cache";
        headers.Pragma = "no-cache";
        headers.Remove(HeaderNames.Expires);
    }
}
