using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>What happens to a session when the client has gone, or the request is over.</summary>
public sealed class LateTests
{
    [Theory]
    [InlineData("flush", false)]
    [InlineData("set", false)]
    [InlineData("flush", true)]
    [InlineData("set", true)]
    public async Task A_client_that_goes_away_takes_nothing_back(string what, bool started)
    {
        var gate = new Gate(1);
        var done = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapGet("/", async (HttpContext context) =>
                {
                    var session = context.GetSession();
                    await session.LoadAsync();
                    if (started)
                        await context.Response.WriteAsync("started");
                    using var aborted = context.RequestAborted.Register(gate.Open);
                    await gate.PassAsync();
                    if (what == "flush")
                        session.Flush();
                    else
                        session.Set("n", 2);
                });
                SessionEndpoints.Map(app);
            },
            sessions: sessions => sessions.AddStore("token", _ => new TokenStore()),
            outside: outside => outside.Use(async (context, next) =>
            {
                await next(context);
                if (context.Request.Path == "/")
                    done.SetResult();
            }));
        var id = (await app.GetAsync("/write")).Id!;

        using (var client = new HttpClient { BaseAddress = app.Address })
        using (var cancel = new CancellationTokenSource())
        {
            client.DefaultRequestHeaders.Add("Cookie", $"sessionid={id}");
            var request = client.GetAsync("/", HttpCompletionOption.ResponseContentRead, cancel.Token);
            await gate.Arrived;
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        await done.Task;
        Assert.Equal(what == "flush" ? "missing" : "2", (await app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task Writing_after_the_request_is_over_is_an_error_and_not_a_loss()
    {
        var result = new TaskCompletionSource<Exception?>();
        await using var app = await TestApp.StartAsync(app =>
        {
            SessionEndpoints.Map(app);
            app.MapGet("/", async (HttpContext context) =>
            {
                var session = context.GetSession();
                await session.LoadAsync();
                context.Response.OnCompleted(() =>
                {
                    result.SetResult(Record.Exception(() => session.Set("n", 2)));
                    return Task.CompletedTask;
                });
                await context.Response.WriteAsync("started");
            });
        });
        var id = (await app.GetAsync("/write")).Id!;

        await app.GetAsync("/", id);

        var error = Assert.IsType<InvalidOperationException>(await result.Task);
        Assert.Contains("SessionManager.OpenAsync(id)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_write_to_an_unknown_session_leaves_no_record_that_nobody_can_reach()
    {
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("started");
            context.GetSession().Clear();
            context.GetSession().Set("n", 1);
        }));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.GetAsync("/", new string('a', 32)));

        Assert.Equal(0, ((MemorySessionStore)app.Services.GetRequiredService<ISessionStore>()).Count);
    }

    [Fact]
    public async Task A_late_write_of_a_failed_request_is_dropped()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            SessionEndpoints.Map(app);
            app.MapGet("/", async (HttpContext context) =>
            {
                var session = context.GetSession();
                await session.LoadAsync();
                context.Response.StatusCode = 500;
                await context.Response.WriteAsync("started");
                session.Set("n", 2);
            });
        });
        var id = (await app.GetAsync("/write")).Id!;

        await app.GetAsync("/", id);

        Assert.Equal("1", (await app.GetAsync("/read", id)).Body);
    }
}
