using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Gives the cookie schemes their ticket store.</summary>
internal sealed class TicketStoreCookies(
    SessionTicketStore store,
    IOptions<TypedSessionOptions> options,
    IOptions<AuthenticationOptions> authentication,
    IDataProtectionProvider protection,
    IHttpContextAccessor accessor) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    // The cookie's own defaults come with AddCookie, which may be called before or after AddTicketStore.
    private readonly PostConfigureCookieAuthenticationOptions _defaults = new(protection);

    public void PostConfigure(string? name, CookieAuthenticationOptions cookie)
    {
        if (name is null || cookie.SessionStore is not null || options.Value.TicketSchemes?.Include(name, authentication.Value) != true)
            return;
        _defaults.PostConfigure(name, cookie);
        cookie.SessionStore = store;
        cookie.TicketDataFormat = new TicketKeyFormat(cookie.TicketDataFormat, accessor);
    }
}
