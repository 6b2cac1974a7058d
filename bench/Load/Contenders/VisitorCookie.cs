using System.Security.Cryptography;

namespace Sessions.Load;

/// <summary>The visitor's id in a cookie, for contenders without a session: what an application that does it by hand would do.</summary>
internal static class VisitorCookie
{
    public static readonly TimeSpan Age = TimeSpan.FromDays(14);

    public static string Find(HttpContext context) => context.Request.Cookies[Visitor.Cookie] ?? "";

    /// <summary>A new visitor.</summary>
    public static string Give(HttpContext context)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Renew(context, id);
        return id;
    }

    /// <summary>What is kept lives on after a write, and so must the cookie.</summary>
    public static void Renew(HttpContext context, string id)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Cookies.Append(
            Visitor.Cookie, id, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = Age, Expires = DateTimeOffset.UtcNow + Age });
    }
}
