using Microsoft.AspNetCore.Authentication.Cookies;

namespace Sessions.Tests.Authentication;

/// <summary>Writes to the session while a user signs in.</summary>
internal sealed class CartEvents : CookieAuthenticationEvents
{
    public override Task SigningIn(CookieSigningInContext context)
    {
        context.HttpContext.GetSession().Set("cart", $"of {context.Principal!.Identity!.Name}");
        return Task.CompletedTask;
    }
}
