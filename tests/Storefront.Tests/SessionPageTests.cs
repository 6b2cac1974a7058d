using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class SessionPageTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Fact]
    public async Task It_shows_keys_decoded_values_and_a_short_id_but_never_the_secret()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");
        await visitor.PostAsync("/cart?handler=Add", ("product", "lamp"));
        await visitor.SignInAsync("Ada");

        var page = await visitor.GetAsync("/session");

        var entries = page.TextOf("entries")!;
        Assert.Matches(@"Visits\s+1\s", entries);
        Assert.Matches("""cart\.Lines\s+\[\{"Product":"lamp","Quantity":1\}\]""", entries);
        Assert.Matches("account\\.Name\\s+\"Ada\"", entries);
        Assert.Matches("^v1\\.[0-9a-f]{8}…$", page.TextOf("session-id"));
        Assert.DoesNotContain(visitor.SessionId!, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_without_a_session_is_told_so_and_gets_none()
    {
        using var visitor = app.NewVisitor();

        var page = await visitor.GetAsync("/session");

        Assert.Null(page.TextOf("session-id"));
        Assert.Contains("You have none yet", page.Text, StringComparison.Ordinal);
        Assert.Null(visitor.SessionId);
    }

    [Fact]
    public async Task The_buttons_change_the_expiry_and_the_cookie_with_it()
    {
        using var visitor = app.NewVisitor();
        var first = await visitor.GetAsync("/");
        Assert.Contains("max-age=1209600;", first.SessionCookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("14 days", (await visitor.GetAsync("/session")).TextOf("expiry"), StringComparison.Ordinal);

        await visitor.PostAsync("/session?handler=FiveMinutes");
        Assert.StartsWith("5 minutes", (await visitor.GetAsync("/session")).TextOf("expiry"), StringComparison.Ordinal);
        Assert.Contains("max-age=300;", (await visitor.GetAsync("/")).SessionCookie, StringComparison.OrdinalIgnoreCase);

        await visitor.PostAsync("/session?handler=BrowserClose");
        Assert.Equal("at browser close", (await visitor.GetAsync("/session")).TextOf("expiry"));
        var untilClose = (await visitor.GetAsync("/")).SessionCookie;
        Assert.NotNull(untilClose);
        Assert.DoesNotContain("max-age", untilClose, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", untilClose, StringComparison.OrdinalIgnoreCase);

        await visitor.PostAsync("/session?handler=Default");
        Assert.StartsWith("14 days", (await visitor.GetAsync("/session")).TextOf("expiry"), StringComparison.Ordinal);
        Assert.Contains("max-age=1209600;", (await visitor.GetAsync("/")).SessionCookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_expiry_alone_begins_no_session()
    {
        using var visitor = app.NewVisitor();
        var rows = await app.Database.SessionRowsAsync();

        await visitor.PostAsync("/session?handler=FiveMinutes");

        Assert.Null(visitor.SessionId);
        Assert.Equal(rows, await app.Database.SessionRowsAsync());
    }
}
