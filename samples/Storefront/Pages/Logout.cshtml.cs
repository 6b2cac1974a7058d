using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Storefront.Shapes;

namespace Storefront.Pages;

/// <summary>Ends the session: its data, its row and its cookie.</summary>
public sealed class LogoutModel(AccountSession account) : PageModel
{
    /// <summary>Who is signed in; null: nobody.</summary>
    public string? SignedInAs => account.Name;

    /// <summary>Signs out. Only a post does: a link must not be able to.</summary>
    public IActionResult OnPost()
    {
        account.Session.Flush();
        return RedirectToPage();
    }
}
