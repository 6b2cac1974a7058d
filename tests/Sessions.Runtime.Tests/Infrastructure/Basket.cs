namespace Sessions.Tests;

/// <summary>A mutable session value.</summary>
internal sealed class Basket
{
    public string Owner { get; set; } = "";

    public List<string> Lines { get; set; } = [];
}
