using System.Net;
using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class CommentTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    private const string Already = "You've already commented.";

    [Fact]
    public async Task A_visitor_comments_once()
    {
        using var visitor = app.NewVisitor();
        Assert.DoesNotContain(Already, (await visitor.GetAsync("/comments")).Text, StringComparison.Ordinal);

        await visitor.PostAsync("/comments", ("Text", "The first word."));
        var second = await visitor.PostAsync("/comments", ("Text", "The last word."));

        Assert.Contains(Already, second.Html, StringComparison.Ordinal);
        Assert.Contains("The first word.", second.TextOf("comments"), StringComparison.Ordinal);
        Assert.DoesNotContain("The last word.", second.TextOf("comments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_visitor_sees_the_comment_and_may_write_one()
    {
        using var first = app.NewVisitor();
        using var second = app.NewVisitor();
        await first.PostAsync("/comments", ("Text", "Says the one."));

        Assert.DoesNotContain(Already, (await second.GetAsync("/comments")).Text, StringComparison.Ordinal);
        await second.PostAsync("/comments", ("Text", "Says the other."));

        var comments = (await second.GetAsync("/comments")).TextOf("comments");
        Assert.Contains("Says the one.", comments, StringComparison.Ordinal);
        Assert.Contains("Says the other.", comments, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task An_empty_comment_does_not_use_up_the_one_there_is(string text)
    {
        using var visitor = app.NewVisitor();

        var refused = await visitor.PostAsync("/comments", ("Text", text));

        Assert.Contains("Write something first.", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Already, (await visitor.GetAsync("/comments")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_is_text_and_not_markup()
    {
        using var visitor = app.NewVisitor();

        var answer = await visitor.PostAsync("/comments", ("Text", "<script>alert(1)</script>"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("<script>", answer.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", answer.Html, StringComparison.Ordinal);
    }
}
