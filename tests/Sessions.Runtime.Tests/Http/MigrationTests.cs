namespace Sessions.Tests.Http;

/// <summary>An application that was written for <c>AddSession()</c> and <c>UseSession()</c> behaves the same with the two replaced.</summary>
public sealed class MigrationTests
{
    private static readonly string[] Visit =
    [
        "GET index", "GET missing", "GET cart", "GET peek", "GET peek",
        "POST add?product=tea&quantity=2", "GET index", "GET index", "GET cart", "GET peek", "GET keep", "GET peek", "GET index", "GET index",
        "POST add?product=pen&quantity=1", "POST add?product=tea&quantity=1", "GET keys", "GET index", "GET cart",
        "GET load", "GET keys", "GET remove", "GET cart", "GET keys", "GET nothing", "GET index",
        "GET clear", "GET keys", "GET index", "POST add?product=cup&quantity=5", "GET cart", "GET index",
    ];

    [Fact]
    public async Task Every_answer_of_a_visit_is_the_same()
    {
        await using var former = await ShopApp.StartFormerAsync();
        await using var typed = await ShopApp.StartAsync();
        using var ofFormer = new ShopVisitor();
        using var ofTyped = new ShopVisitor();
        using var other = new ShopVisitor();

        foreach (var line in Visit)
            Assert.Equal($"{line}: {await ofFormer.SendAsync(former, line)}", $"{line}: {await ofTyped.SendAsync(typed, line)}");
        Assert.Equal("200  visit 1: ", await other.SendAsync(typed, "GET index"));
    }

    [Fact]
    public async Task The_visit_has_something_to_compare()
    {
        await using var typed = await ShopApp.StartAsync();
        using var visitor = new ShopVisitor();

        await visitor.SendAsync(typed, "POST add?product=tea&quantity=2");
        Assert.Equal("200  visit 1: tea is in the cart", await visitor.SendAsync(typed, "GET index"));
        Assert.Equal("200  visit 2: ", await visitor.SendAsync(typed, "GET index"));
        Assert.Equal("200  {\"tea\":2}", await visitor.SendAsync(typed, "GET cart"));
    }
}
