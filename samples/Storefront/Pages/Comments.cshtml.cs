using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Shapes;

namespace Storefront.Pages;

/// <summary>A flag in the session lets each visitor do something once.</summary>
public sealed class CommentsModel(CommentSession visitor, AccountSession account, StorefrontContext database) : PageModel
{
    /// <summary>The most characters of a comment.</summary>
    public const int MaxLength = 500;

    /// <summary>The comment to send.</summary>
    [BindProperty, Required(ErrorMessage = "Write something first."), StringLength(MaxLength)]
    public string Text { get; set; } = "";

    /// <summary>Whether this visitor has had the one comment.</summary>
    public bool Commented => visitor.Commented;

    /// <summary>All comments, the newest first.</summary>
    public IReadOnlyList<Comment> Comments { get; private set; } = [];

    /// <summary>Shows them.</summary>
    public async Task OnGetAsync() =>
        Comments = await database.Comments.AsNoTracking().OrderByDescending(comment => comment.Id).ToListAsync();

    /// <summary>Adds one.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (visitor.Commented || !ModelState.IsValid)
        {
            await OnGetAsync();
            return Page();
        }

        database.Comments.Add(new Comment { Author = account.Name ?? "A visitor", Text = Text });
        await database.SaveChangesAsync();
        visitor.Commented = true;
        return RedirectToPage();
    }
}
