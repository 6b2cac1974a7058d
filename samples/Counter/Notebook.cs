namespace Counter;

/// <summary>Lines of text.</summary>
public sealed class Notebook
{
    /// <summary>The lines, the oldest first.</summary>
    public List<string> Lines { get; init; } = [];
}
