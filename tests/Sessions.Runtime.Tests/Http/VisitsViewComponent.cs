using Microsoft.AspNetCore.Mvc;

namespace Sessions.Tests.Http;

public sealed class VisitsViewComponent(VisitSession visit) : ViewComponent
{
    public IViewComponentResult Invoke() => Content($"visit {visit.Count}");
}
