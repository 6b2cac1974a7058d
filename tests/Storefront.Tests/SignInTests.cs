using System.Net;
using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class SignInTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Fact]
    public async Task The_id_changes_at_sign_in_and_the_cart_stays()
    {
        using var visitor = app.NewVisitor();
        await visitor.PostAsync("/cart?handler=Add", ("product", "notebook"));
        var before = visitor.SessionId;

        var answer = await visitor.SignInAsync("Ada");

        Assert.Equal("/session", answer.Path);
        Assert.Equal("Ada", answer.TextOf("signed-in-as"));
        Assert.NotNull(before);
        Assert.NotNull(visitor.SessionId);
        Assert.NotEqual(before, visitor.SessionId);
        Assert.Equal([("notebook", 1)], (await visitor.GetAsync("/cart")).CartLines());
    }

    [Fact]
    public async Task The_id_from_before_the_sign_in_shows_nothing_and_gets_neither_a_cookie_nor_a_deletion()
    {
        using var visitor = app.NewVisitor();
        await visitor.PostAsync("/cart?handler=Add", ("product", "notebook"));
        using var thief = app.NewVisitor();
        thief.Replay(visitor.SessionId!);
        await visitor.SignInAsync("Ada");

        var cart = await thief.GetAsync("/cart");

        Assert.Empty(cart.CartLines());
        Assert.Null(cart.TextOf("signed-in-as"));
        Assert.Null(cart.SessionCookie);
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.GetAsync("/")).Status);   // it writes: an interruption
        Assert.Equal([("notebook", 1)], (await visitor.GetAsync("/cart")).CartLines());
    }

    [Fact]
    public async Task Somebody_else_who_signs_in_gets_nothing_of_the_one_before()
    {
        using var visitor = app.NewVisitor();
        await visitor.PostAsync("/cart?handler=Add", ("product", "lamp"));
        await visitor.SignInAsync("Ada");
        var ada = visitor.SessionId;

        var answer = await visitor.SignInAsync("Bob");

        Assert.Equal("Bob", answer.TextOf("signed-in-as"));
        Assert.NotEqual(ada, visitor.SessionId);
        Assert.Empty((await visitor.GetAsync("/cart")).CartLines());
    }

    [Fact]
    public async Task A_browser_without_cookies_is_told_to_enable_them()
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.PostBareAsync("/login", ("Name", "Ada"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("Please enable cookies and try again.", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.TextOf("signed-in-as"));
    }

    [Fact]
    public async Task After_that_warning_a_browser_with_cookies_can_sign_in()
    {
        using var visitor = app.NewVisitor();
        var warning = await visitor.PostBareAsync("/login", ("Name", "Ada"));

        var answer = await visitor.PostBareAsync("/login", ("Name", "Ada"), ("__RequestVerificationToken", warning.AntiforgeryToken));

        Assert.Equal("Ada", answer.TextOf("signed-in-as"));
    }

    [Fact]
    public async Task Signing_in_needs_the_antiforgery_token_too()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/login");

        var answer = await visitor.PostBareAsync("/login", ("Name", "Mallory"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null((await visitor.GetAsync("/session")).TextOf("signed-in-as"));
    }

    [Fact]
    public async Task A_name_is_needed()
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.SignInAsync("");

        Assert.Contains("Enter a name.", answer.Text, StringComparison.Ordinal);
        Assert.Null(answer.TextOf("signed-in-as"));
    }
}
