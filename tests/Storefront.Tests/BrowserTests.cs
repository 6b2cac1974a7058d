using Microsoft.Playwright;
using Storefront.Tests.Infrastructure;
using static Microsoft.Playwright.Assertions;

namespace Storefront.Tests;

public sealed class BrowserTests(StorefrontApp app, Chromium chromium) : IClassFixture<StorefrontApp>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_visitor_does_everything_without_JavaScript()
    {
        var page = await chromium.NewPageAsync(app.Address);

        await CountVisitsAsync(page);
        await ChooseColourAsync(page);
        await FillCartAsync(page);
        await CommentOnceAsync(page);
        await SignInAsync(page);
        await SignOutAsync(page);
        Assert.DoesNotMatch(@"(?m)^(warn|fail|crit): (?!Microsoft\.AspNetCore\.DataProtection)", app.Log);
    }

    private static async Task CountVisitsAsync(IPage page)
    {
        foreach (var visits in new[] { "1", "2", "3" })
        {
            await page.GotoAsync("/");
            await Expect(page.Locator("#visits")).ToHaveTextAsync(visits);
        }
    }

    private static async Task ChooseColourAsync(IPage page)
    {
        await page.GetByLabel("Change it to").SelectOptionAsync("purple");
        await page.GetByText("Save colour").ClickAsync();
        await Expect(page.Locator("#fav-color")).ToHaveTextAsync("purple");
        await Expect(page.GetByLabel("Change it to")).ToHaveValueAsync("purple");
    }

    private static async Task FillCartAsync(IPage page)
    {
        await FollowAsync(page, "Cart");
        await page.GetByLabel("Add Enamel mug to the cart").ClickAsync();
        await page.GetByLabel("Add Desk lamp to the cart").ClickAsync();
        await Expect(page.Locator("#lines tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator("#total")).ToHaveTextAsync("€ 63.50");

        await page.GetByLabel("Quantity of Enamel mug", new() { Exact = true }).FillAsync("4");
        await page.GetByLabel("Update the quantity of Enamel mug").ClickAsync();
        await Expect(page.GetByLabel("Quantity of Enamel mug", new() { Exact = true })).ToHaveValueAsync("4");
        await Expect(page.Locator("#total")).ToHaveTextAsync("€ 107.00");

        await page.GetByLabel("Remove Desk lamp").ClickAsync();
        await Expect(page.Locator("#lines tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#total")).ToHaveTextAsync("€ 58.00");
    }

    private static async Task CommentOnceAsync(IPage page)
    {
        await FollowAsync(page, "Comments");
        await page.GetByLabel("Your comment").FillAsync("Well made.");
        await page.GetByText("Send comment").ClickAsync();
        await Expect(page.GetByText("You've already commented.")).ToBeVisibleAsync();
        await Expect(page.Locator("#comments")).ToContainTextAsync("Well made.");
        await Expect(page.GetByText("Send comment")).ToBeDisabledAsync();
    }

    private static async Task SignInAsync(IPage page)
    {
        var before = await SessionIdAsync(page);
        await FollowAsync(page, "Sign in");
        await page.GetByLabel("Your name").FillAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("#signed-in-as")).ToHaveTextAsync("Ada");
        await Expect(page.Locator("#entries")).ToContainTextAsync("cart.Lines");
        Assert.NotEqual(before, await SessionIdAsync(page));
    }

    private static async Task SignOutAsync(IPage page)
    {
        await FollowAsync(page, "Sign out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
        Assert.Null(await SessionIdAsync(page));
        await FollowAsync(page, "Cart");
        await Expect(page.GetByText("Your cart is empty.")).ToBeVisibleAsync();
    }

    private static Task FollowAsync(IPage page, string name) => page.GetByRole(AriaRole.Navigation).GetByText(name).ClickAsync();

    private static async Task<string?> SessionIdAsync(IPage page) =>
        (await page.Context.CookiesAsync()).SingleOrDefault(cookie => cookie.Name == "sessionid")?.Value;
}
