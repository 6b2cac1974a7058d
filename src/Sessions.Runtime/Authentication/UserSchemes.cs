using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Sessions;

/// <summary>The authentication schemes by which users sign in, as against those that carry a step of it.</summary>
internal sealed class UserSchemes
{
    private static readonly string[] Steps =
        [IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme];

    private readonly HashSet<string> _named = new(StringComparer.Ordinal);   // empty: the application's authentication tells

    public void Add(IEnumerable<string> schemes) => _named.UnionWith(schemes);

    /// <summary>
    /// Without names it is the cookie scheme that authenticates by default. Where a bearer token or a policy does that, or nothing, it is
    /// every cookie scheme but the steps of ASP.NET Core Identity.
    /// </summary>
    public bool Include(string? scheme, AuthenticationOptions authentication)
    {
        if (scheme is null || _named.Count > 0)
            return scheme is not null && _named.Contains(scheme);
        if (!IsCookie(scheme, authentication))
            return false;
        var users = authentication.DefaultAuthenticateScheme ?? authentication.DefaultScheme;
        return IsCookie(users, authentication) ? scheme == users : !Steps.Contains(scheme);
    }

    private static bool IsCookie(string? scheme, AuthenticationOptions authentication) => scheme is not null
        && authentication.SchemeMap.TryGetValue(scheme, out var builder)
        && typeof(CookieAuthenticationHandler).IsAssignableFrom(builder.HandlerType);
}
