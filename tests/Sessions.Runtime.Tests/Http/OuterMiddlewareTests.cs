using Microsoft.AspNetCore.Builder;

namespace Sessions.Tests.Http;

/// <summary>Middleware around the session's that uses the session after the pipeline has returned.</summary>
public sealed class OuterMiddlewareTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(
        SessionEndpoints.Map,
        outside: outside => outside.Use(async (context, next) =>
        {
            await next(context);
            if (context.Request.Query["then"] == "flush")
                context.GetSession().Flush();
            else if (context.Request.Query["then"] == "write")
                context.GetSession().Set("n", 10);
        }));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_flush_after_the_pipeline_ends_the_session_that_it_made()
    {
        var answer = await _app.GetAsync("/write?then=flush");

        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Id);
        Assert.Single(answer.SetCookies);
    }

    [Fact]
    public async Task A_write_after_the_pipeline_is_saved_while_the_response_has_not_started()
    {
        var id = (await _app.GetAsync("/write?then=write")).Id!;

        Assert.Equal("10", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(id, (await _app.GetAsync("/write?then=write", id)).Id);
    }
}
