using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class SignOutTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Theory]
    [InlineData("/cart")]
    [InlineData("/comments")]
    [InlineData("/session")]
    [InlineData("/logout")]
    public async Task A_replayed_cookie_reads_nothing_and_creates_nothing(string path)
    {
        using var visitor = app.NewVisitor();
        await visitor.PostAsync("/cart?handler=Add", ("product", "mug"));
        await visitor.SignInAsync("Ada");
        var dead = visitor.SessionId!;
        await visitor.PostAsync("/logout");
        var rows = await app.Database.SessionRowsAsync();

        using var thief = app.NewVisitor();
        thief.Replay(dead);
        var page = await thief.GetAsync(path);

        Assert.Null(page.TextOf("signed-in-as"));
        Assert.Empty(page.CartLines());
        Assert.DoesNotContain(dead, page.Html, StringComparison.Ordinal);
        Assert.StartsWith("sessionid=; ", page.SessionCookie, StringComparison.Ordinal);
        Assert.Contains("max-age=0", page.SessionCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(rows, await app.Database.SessionRowsAsync());
    }

    [Fact]
    public async Task Signing_out_deletes_the_row_and_the_cookie()
    {
        using var visitor = app.NewVisitor();
        var before = await app.Database.SessionRowsAsync();
        await visitor.GetAsync("/");
        Assert.Equal(before + 1, await app.Database.SessionRowsAsync());

        var answer = await visitor.PostAsync("/logout");

        Assert.Equal("/logout", answer.Path);
        Assert.Contains("You are not signed in.", answer.Text, StringComparison.Ordinal);
        Assert.Null(visitor.SessionId);
        Assert.Equal(before, await app.Database.SessionRowsAsync());
    }

    [Fact]
    public async Task A_page_that_writes_gives_a_replayed_cookie_a_new_session_with_a_new_id()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");
        await visitor.GetAsync("/");
        var dead = visitor.SessionId!;
        await visitor.PostAsync("/logout");

        using var thief = app.NewVisitor();
        thief.Replay(dead);

        Assert.Equal("1", (await thief.GetAsync("/")).TextOf("visits"));
        Assert.NotEqual(dead, thief.SessionId);
    }

    [Fact]
    public async Task A_get_only_shows_the_button()
    {
        using var visitor = app.NewVisitor();
        await visitor.SignInAsync("Ada");
        var id = visitor.SessionId;

        var page = await visitor.GetAsync("/logout");

        Assert.Contains("<button>Sign out</button>", page.Html, StringComparison.Ordinal);
        Assert.Equal("Ada", (await visitor.GetAsync("/session")).TextOf("signed-in-as"));
        Assert.Equal(id, visitor.SessionId);
    }

    [Fact]
    public async Task Signing_out_without_a_session_creates_none()
    {
        using var visitor = app.NewVisitor();
        var rows = await app.Database.SessionRowsAsync();

        await visitor.PostAsync("/logout");

        Assert.Null(visitor.SessionId);
        Assert.Equal(rows, await app.Database.SessionRowsAsync());
    }
}
