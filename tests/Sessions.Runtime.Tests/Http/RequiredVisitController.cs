using Microsoft.AspNetCore.Mvc;

namespace Sessions.Tests.Http;

/// <summary>Has the session loaded for all its actions, and reads it by constructor and in a view component.</summary>
[RequireSession]
[Route("required")]
public sealed class RequiredVisitController(VisitSession visit, Session session) : Controller
{
    [HttpGet("shape")]
    public string Shape() => $"visit {visit.Count}";

    [HttpGet("session")]
    public string WholeSession() => $"visit {session.Get<int>("Count")}";

    [HttpGet("component")]
    public IActionResult Component() => ViewComponent(typeof(VisitsViewComponent));
}
