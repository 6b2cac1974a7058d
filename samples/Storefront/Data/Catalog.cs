namespace Storefront.Data;

/// <summary>Everything that is for sale.</summary>
public static class Catalog
{
    /// <summary>All products.</summary>
    public static IReadOnlyList<Product> Products { get; } =
    [
        new("mug", "Enamel mug", "Holds a large coffee and survives being dropped.", 14.50m),
        new("notebook", "Dotted notebook", "160 pages that lie flat.", 9.90m),
        new("lamp", "Desk lamp", "Warm light, one switch, no app.", 49.00m),
    ];

    /// <summary>Whether there is such a product.</summary>
    public static bool Has(string id) => Products.Any(product => product.Id == id);
}
