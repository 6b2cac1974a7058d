using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Storefront.Shapes;

namespace Storefront.Pages;

/// <summary>Asks whether the browser takes cookies, and gives the session a new id when its visitor becomes somebody.</summary>
[IgnoreAntiforgeryToken] // checked below: a browser without cookies shall be told so, and not get a bare 400
public sealed class LoginModel(Session session, AccountSession account, IAntiforgery antiforgery) : PageModel
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxLength = 40;

    /// <summary>The name to sign in with.</summary>
    [BindProperty, Required(ErrorMessage = "Enter a name."), StringLength(MaxLength)]
    public string Name { get; set; } = "";

    /// <summary>Whether the form came back without the cookie that went out with it.</summary>
    public bool CookiesAreOff { get; private set; }

    /// <summary>Who is signed in already; null: nobody.</summary>
    public string? SignedInAs => account.Name;

    /// <summary>Sets the test cookie with the form.</summary>
    public void OnGet() => session.SetTestCookie();

    /// <summary>Signs in.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!session.TestCookieWorked)
        {
            CookiesAreOff = true;
            session.SetTestCookie();
            return Page();
        }

        if (!await antiforgery.IsRequestValidAsync(HttpContext))
            return BadRequest();
        if (!ModelState.IsValid)
            return Page();

        session.DeleteTestCookie();
        if (account.Name is { } other && other != Name)
            session.Flush();    // somebody else: nothing of the one before may stay
        else
            session.CycleId();  // whoever knew the old id knows nothing any more
        account.Name = Name;
        return RedirectToPage("/Session");
    }
}
