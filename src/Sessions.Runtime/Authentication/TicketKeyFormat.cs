using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>Writes the key that a ticket has now into the cookie, where its handler knows an older one.</summary>
internal sealed class TicketKeyFormat(ISecureDataFormat<AuthenticationTicket> inner, IHttpContextAccessor accessor)
    : ISecureDataFormat<AuthenticationTicket>
{
    public string Protect(AuthenticationTicket data) => Protect(data, purpose: null);

    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(WithCurrentKey(data), purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => inner.Unprotect(protectedText);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => inner.Unprotect(protectedText, purpose);

    private AuthenticationTicket WithCurrentKey(AuthenticationTicket ticket)
    {
        if (accessor.HttpContext?.Features.Get<TicketKeys>() is not { } keys
            || ticket.Principal is not { Identity: ClaimsIdentity identity }
            || identity.Claims.FirstOrDefault() is not { } claim
            || keys.Current(claim.Value) is var current && current == claim.Value)
            return ticket;
        var fresh = new ClaimsIdentity([new Claim(claim.Type, current, claim.ValueType, claim.Issuer)], identity.AuthenticationType);
        return new AuthenticationTicket(new ClaimsPrincipal(fresh), ticket.Properties, ticket.AuthenticationScheme);
    }
}
