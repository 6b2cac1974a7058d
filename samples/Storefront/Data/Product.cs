namespace Storefront.Data;

/// <summary>Something to buy.</summary>
public sealed record Product(string Id, string Name, string Description, decimal Price);
