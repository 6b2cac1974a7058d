namespace Sessions.Tests;

/// <summary>A value that can be encoded but not decoded as its own type: the interface has no implementation to choose.</summary>
internal sealed class WriteOnly
{
    public int Number { get; set; }

    public IComparable Comparable { get; set; } = 1;
}
