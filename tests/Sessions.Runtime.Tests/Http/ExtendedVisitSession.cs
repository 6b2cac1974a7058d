namespace Sessions.Tests.Http;

/// <summary>A shape that extends another.</summary>
[SessionShape]
public partial class ExtendedVisitSession : VisitSession
{
    public partial int Extra { get; set; }
}
