using Storefront.Tests.Infrastructure;

namespace Storefront.Tests;

public sealed class RestartTests(StorefrontApp app) : IClassFixture<StorefrontApp>
{
    [Fact]
    public async Task A_session_survives_a_restart_of_the_process()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");
        await visitor.GetAsync("/");
        await visitor.PostAsync("/cart?handler=Add", ("product", "mug"));
        var id = visitor.SessionId;

        await app.RestartAsync();

        Assert.Equal("3", (await visitor.GetAsync("/")).TextOf("visits"));
        Assert.Equal([("mug", 1)], (await visitor.GetAsync("/cart")).CartLines());
        Assert.Equal(id, visitor.SessionId);
    }

    [Fact]
    public async Task A_session_that_was_signed_out_stays_dead_after_a_restart()
    {
        using var visitor = app.NewVisitor();
        await visitor.GetAsync("/");
        var id = visitor.SessionId!;
        await visitor.PostAsync("/logout");

        await app.RestartAsync();

        using var thief = app.NewVisitor();
        thief.Replay(id);
        Assert.Equal("1", (await thief.GetAsync("/")).TextOf("visits"));
        Assert.NotEqual(id, thief.SessionId);
    }
}
