using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sessions;

/// <summary>Writes the session's response headers.</summary>
internal readonly struct SessionCookie(HttpContext context, SessionServices services)
{
    private const string Cookie = "Cookie";

    private CookieBuilder Builder => services.Options.Cookie;

    // It looks at no header of the answer but the cookies, and hands an answer to requests that wait for it before it looks at those.
    private OutputCacheContext? OutputCache => context.Features.Get<IOutputCacheFeature>()?.Context;

    /// <param name="id">The session's id.</param>
    /// <param name="data">The session itself, where the client keeps it; otherwise null.</param>
    /// <param name="maxAge">How long the cookie lasts; null: until the browser closes.</param>
    public void Set(SessionId id, string? data, TimeSpan? maxAge)
    {
        Forget();
        var now = services.Time.GetUtcNow();
        var options = Builder.Build(context);
        options.MaxAge = maxAge is { } age ? TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)) : null;
        options.Expires = options.MaxAge is { } seconds && seconds < DateTimeOffset.MaxValue - now ? now + seconds : null;
        var count = 1;
        if (data is null)
        {
            Append(Builder.Name!, id.Secret, options);
        }
        else
        {
            count = 0;
            foreach (var value in CookieChunks.Split(services.Cookies!, id, data))
                Append(CookieChunks.NameOf(Builder.Name!, count++), value, options);
        }

        DeleteBeyond(count);
    }

    public void Delete()
    {
        Forget();
        Append(Builder.Name!, "", ForDeletion());
        DeleteBeyond(1);
    }

    /// <summary>Adds <c>Cookie</c> to <c>Vary</c>, unless it or <c>*</c> is there.</summary>
    public void Vary()
    {
        var headers = context.Response.Headers;
        if (headers.Vary.Count == 0)
            headers.Vary = Cookie;
        else if (headers.GetCommaSeparatedValues(HeaderNames.Vary) is var names && names.Contains("*", StringComparer.Ordinal))
            headers.Vary = "*";
        else if (!names.Contains(Cookie, StringComparer.OrdinalIgnoreCase))
            headers.Vary = new StringValues(string.Join(", ", names.Append(Cookie)));
        if (OutputCache is { } cache && !cache.CacheVaryByRules.HeaderNames.Contains(Cookie, StringComparer.OrdinalIgnoreCase))
            cache.AllowCacheStorage = false;
    }

    /// <summary>Lets no cache keep the answer and hand it to another visitor.</summary>
    public void ForbidCaching()
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store, no-cache";
        headers.Pragma = "no-cache";
        headers.Remove(HeaderNames.Expires);
        if (OutputCache is { } cache)
            cache.AllowCacheStorage = false;
    }

    // What an earlier decision of this request gave.
    private void Forget()
    {
        var headers = context.Response.Headers;
        var (name, isSplit) = (Builder.Name!, services.Cookies is not null);
        if (headers.SetCookie.Count > 0)
            headers.SetCookie = headers.SetCookie.Where(cookie => !IsOurs(cookie, name, isSplit)).ToArray();
    }

    private static bool IsOurs(string? cookie, string name, bool isSplit)
    {
        if (cookie?.StartsWith(name, StringComparison.Ordinal) != true)
            return false;
        var rest = cookie.AsSpan(name.Length);
        var end = rest.IndexOf('=');
        return end == 0 || (isSplit && end > 0 && rest[0] == '.' && !rest[1..end].ContainsAnyExceptInRange('0', '9'));
    }

    // Of a session that took more cookies than it does now.
    private void DeleteBeyond(int count)
    {
        if (services.Cookies is null)
            return;
        foreach (var name in CookieChunks.NamesBeyond(services.Cookies, context.Request.Headers.Cookie, count))
            Append(name, "", ForDeletion());
    }

    private CookieOptions ForDeletion()
    {
        var options = Builder.Build(context);
        options.MaxAge = TimeSpan.Zero;
        options.Expires = DateTimeOffset.UnixEpoch;
        options.IsEssential = true;   // nobody's consent is needed to forget
        return options;
    }

    private void Append(string name, string value, CookieOptions options)
    {
        context.Response.Cookies.Append(name, value, options);
        ForbidCaching();
    }
}
