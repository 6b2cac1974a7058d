namespace Storefront.Data;

/// <summary>What a visitor wrote.</summary>
public sealed class Comment
{
    /// <summary>Counts up.</summary>
    public int Id { get; set; }

    /// <summary>The name to show.</summary>
    public required string Author { get; init; }

    /// <summary>What was written.</summary>
    public required string Text { get; init; }
}
