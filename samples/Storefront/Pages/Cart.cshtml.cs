using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Storefront.Data;
using Storefront.Shapes;

namespace Storefront.Pages;

/// <summary>A list in the session: <c>MutateLines</c> changes it in place and stores the result.</summary>
public sealed class CartModel(CartSession cart) : PageModel
{
    /// <summary>The most of one product that a cart holds.</summary>
    public const int MaxQuantity = 99;

    /// <summary>The lines with their products.</summary>
    public IEnumerable<(Product Product, int Quantity)> Lines => cart.Lines.Join(
        Catalog.Products, line => line.Product, product => product.Id, (line, product) => (product, line.Quantity));

    /// <summary>What it all costs.</summary>
    public decimal Total => Lines.Sum(line => line.Quantity * line.Product.Price);

    /// <summary>Adds one of a product.</summary>
    public IActionResult OnPostAdd(string product)
    {
        if (!Catalog.Has(product))
            return NotFound();
        cart.MutateLines(lines =>
        {
            if (lines.Find(line => line.Product == product) is { } there)
                there.Quantity = Math.Min(there.Quantity + 1, MaxQuantity);
            else
                lines.Add(new CartLine { Product = product, Quantity = 1 });
        });
        return RedirectToPage();
    }

    /// <summary>Changes how many of a product.</summary>
    public IActionResult OnPostChange(string product, int quantity)
    {
        if (quantity is < 1 or > MaxQuantity)
            return BadRequest();
        cart.MutateLines(lines => lines.FindAll(line => line.Product == product).ForEach(line => line.Quantity = quantity));
        return RedirectToPage();
    }

    /// <summary>Takes a product out.</summary>
    public IActionResult OnPostRemove(string product)
    {
        cart.MutateLines(lines => lines.RemoveAll(line => line.Product == product));
        return RedirectToPage();
    }
}
