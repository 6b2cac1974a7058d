namespace Sessions.Tests.Http;

[SessionShape]
public partial class VisitSession
{
    public partial int Count { get; set; }

    // Has no default: reading it when it is missing throws, so nothing may read it unasked.
    public partial string Name { get; set; }
}
