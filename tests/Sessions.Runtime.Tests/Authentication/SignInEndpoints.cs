using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Authentication;

/// <summary>Endpoints that sign users in and out, and show what the session holds and whose request it is.</summary>
internal static class SignInEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/sign-in", (HttpContext context, string user, string? scheme) => context.SignInAsync(scheme, Principal(user)));
        app.MapGet("/sign-out", (HttpContext context, string? scheme) => context.SignOutAsync(scheme));
        app.MapGet("/switch", async (HttpContext context, string user) =>
        {
            await context.SignOutAsync();
            await context.SignInAsync(Principal(user));
        });
        app.MapGet("/sign-in-throw", async (HttpContext context, string user) =>
        {
            await context.SignInAsync(Principal(user));
            throw new InvalidOperationException("The handler failed.");
        });
        app.MapGet("/sign-out-throw", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            throw new InvalidOperationException("The handler failed.");
        });
        app.MapGet("/sign-out-write", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            context.GetSession().Set("note", "bye");
        });
        app.MapGet("/sign-in-keys", async (HttpContext context, string user) =>
        {
            context.GetSession().Set("n", 1);
            await context.SignInAsync(Principal(user));
            return string.Join(",", context.GetSession().Keys) + context.GetSession().Count;
        });
        app.MapGet("/set", (HttpContext context, string value) => context.GetSession().Set("cart", value));
        app.MapGet("/get", (HttpContext context) => context.GetSession().Get("cart", "none"));
        app.MapGet("/note", (HttpContext context) => context.GetSession().Get("note", "none"));
        app.MapGet("/who", (HttpContext context) => context.User.Identity?.Name ?? "anonymous");
    }

    public static ClaimsPrincipal Principal(string user) => new(new ClaimsIdentity(
        user.Length == 0 ? [] : [new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user)], "test"));
}
