namespace Sessions.Tests;

/// <summary>Few keys of many.</summary>
[SessionShape]
public partial class SmallSession
{
    public partial int Count { get; set; }

    public partial string? Colour { get; set; }

    public partial List<string> Names { get; set; }
}
