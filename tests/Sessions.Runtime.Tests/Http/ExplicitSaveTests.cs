using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Http;

/// <summary>SaveAsync inside a request: not needed, and harmless.</summary>
public sealed class ExplicitSaveTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(app =>
    {
        SessionEndpoints.Map(app);
        app.MapGet("/save/{what}", async (HttpContext context, string what, int? status) =>
        {
            var session = context.GetSession();
            if (what is "set" or "flush-set")
                session.Set("n", 1);
            if (what is "cycle")
                session.CycleId();
            if (what is "flush" or "flush-set")
                session.Flush();
            await session.SaveAsync();
            if (what is "flush-set")
                session.Set("n", 1);
            await session.SaveAsync();
            return Results.StatusCode(status ?? 200);
        });
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task What_was_saved_reaches_the_client_whatever_the_answer(int status)
    {
        var first = await _app.GetAsync($"/save/set?status={status}");
        Assert.Equal("1", (await _app.GetAsync("/read", first.Id)).Body);

        var unknown = await _app.GetAsync($"/save/set?status={status}", new string('a', 32));
        Assert.Equal("1", (await _app.GetAsync("/read", unknown.Id)).Body);

        var rotated = await _app.GetAsync($"/save/cycle?status={status}", first.Id);
        Assert.NotEqual(first.Id, rotated.Id);
        Assert.Equal("1", (await _app.GetAsync("/read", rotated.Id)).Body);

        var flushed = await _app.GetAsync($"/save/flush?status={status}", rotated.Id);
        Assert.True(flushed.DeletesCookie);
    }

    [Fact]
    public async Task A_new_session_after_a_saved_flush_reaches_the_client()
    {
        var id = (await _app.GetAsync("/write")).Id!;

        var answer = await _app.GetAsync("/save/flush-set", id);

        Assert.NotEqual(id, answer.Id);
        Assert.Equal("1", (await _app.GetAsync("/read", answer.Id)).Body);
    }

    [Fact]
    public async Task An_unsaved_rotation_gives_no_id()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                SessionEndpoints.Map(app);
                app.MapGet("/unsaved", (HttpContext context) =>
                {
                    context.GetSession().CycleId();
                    context.GetSession().Modified = false;
                });
            },
            options => options.SaveEveryRequest = true);
        var id = (await app.GetAsync("/write")).Id!;

        Assert.Equal(id, (await app.GetAsync("/unsaved", id)).Id);
    }
}
