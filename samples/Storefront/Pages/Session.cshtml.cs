using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Storefront.Pages;

/// <summary>The session without a shape: a dictionary with an id and an expiry.</summary>
public sealed class SessionModel(Session session) : PageModel
{
    /// <summary>The id in its short form; null while there is no session. Never show <see cref="SessionId.Secret"/>.</summary>
    public string? Id => session.Id?.ToString();

    /// <summary>Each key with its decoded value, as JSON for the eye.</summary>
    public IEnumerable<(string Key, string Value)> Entries =>
        session.Items.Select(item => (item.Key, JsonSerializer.Serialize(item.Value)));

    /// <summary>When the session expires, in words.</summary>
    public string Expiry => session.ExpiresAtBrowserClose
        ? "at browser close"
        : $"{Words(session.GetExpiryAge())} after its last change; changed now, it would last until {session.GetExpiryDate():u}";

    /// <summary>Five minutes without a change, and the session is over.</summary>
    public IActionResult OnPostFiveMinutes()
    {
        session.SetExpiry(TimeSpan.FromMinutes(5));
        return RedirectToPage();
    }

    /// <summary>The browser forgets the cookie when it closes.</summary>
    public IActionResult OnPostBrowserClose()
    {
        session.SetExpiryAtBrowserClose();
        return RedirectToPage();
    }

    /// <summary>What the application's options say.</summary>
    public IActionResult OnPostDefault()
    {
        session.ResetExpiry();
        return RedirectToPage();
    }

    private static string Words(TimeSpan age) => age.TotalDays >= 1 ? $"{age.TotalDays:0} days" : $"{age.TotalMinutes:0} minutes";
}
