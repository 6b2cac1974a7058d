namespace Storefront.Shapes;

/// <summary>The shopping cart. Its prefix keeps its keys apart from those of other shapes.</summary>
[SessionShape(Prefix = "cart.")]
public partial class CartSession
{
    /// <summary>One line a product.</summary>
    [SessionKey(DefaultFactory = nameof(NoLines))]
    public partial List<CartLine> Lines { get; set; }

    private static List<CartLine> NoLines() => [];
}
