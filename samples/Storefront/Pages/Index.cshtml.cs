using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Storefront.Shapes;

namespace Storefront.Pages;

/// <summary>A key of the session is a property of a class: read it, assign it, and it is kept.</summary>
public sealed class IndexModel(VisitorSession visitor) : PageModel
{
    /// <summary>The colours to choose from.</summary>
    public static IReadOnlyList<string> Colors { get; } = ["blue", "green", "orange", "purple", "red", "teal"];

    /// <summary>How often the visitor came.</summary>
    public int Visits => visitor.Visits;

    /// <summary>The visitor's favourite colour.</summary>
    public string FavColor => visitor.FavColor;

    /// <summary>Counts this visit.</summary>
    public void OnGet() => visitor.Visits++;

    /// <summary>Keeps the colour.</summary>
    public IActionResult OnPost(string color)
    {
        if (!Colors.Contains(color))
            return BadRequest();
        visitor.FavColor = color;
        return RedirectToPage();
    }
}
