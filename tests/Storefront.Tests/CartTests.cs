using System.Net;
using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class CartTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Fact]
    public async Task Lines_are_added_changed_and_removed()
    {
        using var visitor = app.NewVisitor();

        await visitor.PostAsync("/cart?handler=Add", ("product", "mug"));
        await visitor.PostAsync("/cart?handler=Add", ("product", "lamp"));
        await visitor.PostAsync("/cart?handler=Add", ("product", "mug"));
        Assert.Equal([("mug", 2), ("lamp", 1)], (await visitor.GetAsync("/cart")).CartLines());

        await visitor.PostAsync("/cart?handler=Change", ("product", "lamp"), ("quantity", "3"));
        var changed = await visitor.GetAsync("/cart");
        Assert.Equal([("mug", 2), ("lamp", 3)], changed.CartLines());
        Assert.Equal("€ 176.00", changed.TextOf("total"));

        await visitor.PostAsync("/cart?handler=Remove", ("product", "mug"));
        Assert.Equal([("lamp", 3)], (await visitor.GetAsync("/cart")).CartLines());

        await visitor.PostAsync("/cart?handler=Remove", ("product", "lamp"));
        Assert.Contains("Your cart is empty.", (await visitor.GetAsync("/cart")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100")]
    [InlineData("many")]
    [InlineData("")]
    public async Task An_impossible_quantity_is_refused_and_the_line_stays(string quantity)
    {
        using var visitor = app.NewVisitor();
        await visitor.PostAsync("/cart?handler=Add", ("product", "mug"));

        var answer = await visitor.PostAsync("/cart?handler=Change", ("product", "mug"), ("quantity", quantity));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal([("mug", 1)], (await visitor.GetAsync("/cart")).CartLines());
    }

    [Fact]
    public async Task A_product_that_does_not_exist_is_not_added()
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.PostAsync("/cart?handler=Add", ("product", "yacht"));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Empty((await visitor.GetAsync("/cart")).CartLines());
        Assert.Null(visitor.SessionId);
    }

    [Fact]
    public async Task Looking_at_the_cart_creates_no_session()
    {
        using var visitor = app.NewVisitor();

        var page = await visitor.GetAsync("/cart");

        Assert.Contains("Your cart is empty.", page.Text, StringComparison.Ordinal);
        Assert.Null(page.SessionCookie);
        Assert.Null(visitor.SessionId);
    }
}
