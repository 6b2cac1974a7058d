namespace Storefront.Shapes;

/// <summary>One product in the cart.</summary>
public sealed class CartLine
{
    /// <summary>The product's id.</summary>
    public required string Product { get; init; }

    /// <summary>How many of it.</summary>
    public int Quantity { get; set; }
}
