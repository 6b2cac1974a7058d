using System.Security.Cryptography;

namespace Sessions.Load;

/// <summary>The visitor's id in a cookie, for contenders without a session: as little as an application that does it by hand would do.</summary>
internal static class VisitorCookie
{
    private static readonly CookieOptions Options = new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" };

    public static string Find(HttpContext context) => context.Request.Cookies[Visitor.Cookie] ?? "";

    public static string Give(HttpContext context)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Append(context, id);
        return id;
    }

    public static void Append(HttpContext context, string id) => context.Response.Cookies.Append(Visitor.Cookie, id, Options);
}
