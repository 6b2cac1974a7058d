using System.Net;
using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class VisitTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Fact]
    public async Task The_counter_goes_1_2_3()
    {
        using var visitor = app.NewVisitor();

        Assert.Equal("1", await VisitsAsync(visitor));
        Assert.Equal("2", await VisitsAsync(visitor));
        Assert.Equal("3", await VisitsAsync(visitor));
    }

    [Fact]
    public async Task Two_jars_do_not_mix()
    {
        using var ada = app.NewVisitor();
        using var bob = app.NewVisitor();

        await VisitsAsync(ada);
        await VisitsAsync(ada);

        Assert.Equal("1", await VisitsAsync(bob));
        Assert.Equal("3", await VisitsAsync(ada));
        Assert.NotEqual(ada.SessionId, bob.SessionId);
    }

    [Fact]
    public async Task The_favourite_colour_is_kept_after_a_redirect()
    {
        using var visitor = app.NewVisitor();
        Assert.Equal("blue", (await visitor.GetAsync("/")).TextOf("fav-color"));

        var answer = await visitor.PostAsync("/", ("color", "green"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("2", answer.TextOf("visits"));   // the redirect's GET is a visit
        Assert.Equal("green", (await visitor.GetAsync("/")).TextOf("fav-color"));
    }

    [Fact]
    public async Task A_colour_that_is_not_offered_is_refused_and_the_old_one_stays()
    {
        using var visitor = app.NewVisitor();
        await visitor.PostAsync("/", ("color", "red"));

        var answer = await visitor.PostAsync("/", ("color", "\"><script>"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("red", (await visitor.GetAsync("/")).TextOf("fav-color"));
    }

    [Fact]
    public async Task A_post_without_an_antiforgery_token_is_refused()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");

        var answer = await visitor.PostBareAsync("/", ("color", "red"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("blue", (await visitor.GetAsync("/")).TextOf("fav-color"));
    }

    [Theory]
    [InlineData("/site.css")]
    [InlineData("/icon.svg")]
    public async Task A_static_file_neither_sets_a_cookie_nor_varies_by_it(string path)
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");
        using var client = new HttpClient { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"sessionid={visitor.SessionId}");

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("Cookie", answer.Headers.Vary);
    }

    private static async Task<string?> VisitsAsync(Visitor visitor) => (await visitor.GetAsync("/")).TextOf("visits");
}
