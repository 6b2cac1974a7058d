using System.Security.Claims;

namespace Sessions;

internal static class ClaimsPrincipalExtensions
{
    /// <summary>Whose principal it is: the name identifier, else the subject, else the name; null for an anonymous or nameless one.</summary>
    public static string? UserId(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true } identity)
            return null;
        var id = principal.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? principal.FindFirst("sub")?.Value ?? identity.Name;
        return string.IsNullOrEmpty(id) ? null : id;
    }
}
