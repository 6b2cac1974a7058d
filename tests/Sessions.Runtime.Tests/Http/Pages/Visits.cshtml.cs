using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sessions.Tests.Http.Pages;

/// <summary>Reads one session by each of the ways there are in a page.</summary>
[RequireSession]
public sealed class VisitsModel(VisitSession constructed) : PageModel
{
    [FromSession]
    public VisitSession Bound { get; set; } = null!;

    public string Way { get; private set; } = "injected";

    /// <summary>Null: what the page injects.</summary>
    public VisitSession? Shown { get; private set; }

    public void OnGet()
    {
    }

    public void OnGetConstructed() => (Way, Shown) = ("constructed", constructed);

    public void OnGetBound() => (Way, Shown) = ("bound", Bound);

    public void OnGetParameter([FromSession] VisitSession visit) => (Way, Shown) = ("parameter", visit);

    public void OnGetWrite()
    {
        constructed.Count++;
        (Way, Shown) = ("written", Bound);
    }
}
