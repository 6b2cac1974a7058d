namespace Sessions.Benchmarks;

/// <summary>The session as an application types it.</summary>
[SessionShape]
public partial class VisitSession
{
    public partial int Visits { get; set; }

    public partial Basket Basket { get; set; }
}
