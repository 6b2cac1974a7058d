using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Sessions.Tests.Http;

/// <summary>A shop as tutorials write it, on <c>HttpContext.Session</c> and TempData alone.</summary>
[Route("shop/[action]")]
public sealed class ShopController : Controller
{
    private const string CartKey = "Cart";
    private const string VisitsKey = "_Visits";   // an underscore, as in many samples

    [TempData]
    public string? Message { get; set; }

    public IActionResult Index()
    {
        var visits = (HttpContext.Session.GetInt32(VisitsKey) ?? 0) + 1;
        HttpContext.Session.SetInt32(VisitsKey, visits);
        return Content($"visit {visits}: {Message}");
    }

    [HttpPost]
    public IActionResult Add(string product, int quantity)
    {
        var cart = ReadCart();
        cart[product] = cart.GetValueOrDefault(product) + quantity;
        HttpContext.Session.SetString(CartKey, JsonSerializer.Serialize(cart));
        Message = $"{product} is in the cart";
        return RedirectToAction(nameof(Cart));
    }

    public IActionResult Cart()
    {
        TempData["count"] = ReadCart().Count;
        return Json(ReadCart());
    }

    public IActionResult Peek() => Content($"{TempData.Peek("count")} {TempData.Peek("Message")}");

    public IActionResult Keep()
    {
        TempData.Keep();
        return Content("kept");
    }

    public IActionResult Keys() => Content(string.Join(',', HttpContext.Session.Keys.Order(StringComparer.Ordinal)));

    public IActionResult Missing() => Content(
        $"{HttpContext.Session.GetString("none") is null} {HttpContext.Session.GetInt32("none") is null} {HttpContext.Session.Get("none") is null}");

    public async Task<IActionResult> Load()
    {
        await HttpContext.Session.LoadAsync();
        HttpContext.Session.Set("raw", [0, 1, 255]);
        await HttpContext.Session.CommitAsync();
        return Content($"{HttpContext.Session.IsAvailable} {Convert.ToHexString(HttpContext.Session.Get("raw")!)}");
    }

    public IActionResult Remove()
    {
        HttpContext.Session.Remove(CartKey);
        return NotFound(ReadCart());
    }

    public IActionResult Clear()
    {
        HttpContext.Session.Clear();
        return Content($"{HttpContext.Session.Keys.Count()}");
    }

    public IActionResult Fail()
    {
        HttpContext.Session.Clear();
        return StatusCode(500);
    }

    private Dictionary<string, int> ReadCart() =>
        HttpContext.Session.GetString(CartKey) is { } json ? JsonSerializer.Deserialize<Dictionary<string, int>>(json)! : [];
}
