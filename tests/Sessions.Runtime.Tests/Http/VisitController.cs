using Microsoft.AspNetCore.Mvc;

namespace Sessions.Tests.Http;

[ApiController]
[Route("mvc")]
public sealed class VisitController(VisitSession constructed) : ControllerBase
{
    [FromSession]
    public VisitSession Visit { get; set; } = null!;

    [HttpGet("parameter")]
    public string Parameter([FromSession] VisitSession visit) => $"visit {++visit.Count}";

    [HttpGet("session")]
    public string WholeSession([FromSession] Session session) => $"visit {++new VisitSession(session).Count}";

    [HttpGet("constructor")]
    public string Constructed() => $"visit {++constructed.Count}";

    [HttpGet("property")]
    public string Property() => $"visit {++Visit.Count}";
}
