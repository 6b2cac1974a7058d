using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Http;

/// <summary><c>HttpContext.Session</c> when the store is down, or whoever waits for it gives up.</summary>
public sealed class CompatibleSessionFaultTests
{
    private static readonly string Cookie = SessionId.New().Secret;

    private static readonly Dictionary<string, Func<HttpContext, Task>> Acts = new()
    {
        ["available"] = async context => await context.Response.WriteAsync($"{context.Session.IsAvailable}"),
        ["get"] = context => Task.FromResult(context.Session.TryGetValue("k", out _)),
        ["keys"] = context => Task.FromResult(context.Session.Keys.Count()),
        ["set"] = context =>
        {
            context.Session.Set("k", [1]);
            return Task.CompletedTask;
        },
        ["remove"] = context =>
        {
            context.Session.Remove("k");
            return Task.CompletedTask;
        },
        ["load"] = context => context.Session.LoadAsync(),
        ["clear-commit"] = context =>
        {
            context.Session.Clear();
            return context.Session.CommitAsync();
        },
        ["load-cancelled"] = context => context.Session.LoadAsync(new CancellationToken(canceled: true)),
        ["commit-cancelled"] = context =>
        {
            context.Session.Clear();
            return context.Session.CommitAsync(new CancellationToken(canceled: true));
        },
    };

    [Theory]
    [InlineData("get")]
    [InlineData("keys")]
    [InlineData("set")]
    [InlineData("remove")]
    [InlineData("load")]
    [InlineData("clear-commit")]
    public async Task A_store_that_is_down_fails_whoever_needs_it(string act)
    {
        await using var app = await StartAsync(new ThrowingStore());

        Assert.Equal("SessionStoreException", (await app.GetAsync($"/{act}", Cookie)).Body);
    }

    [Fact]
    public async Task A_store_that_is_down_is_unavailable_to_those_who_ask_and_is_not_asked_where_there_is_no_session()
    {
        var store = new ThrowingStore();
        await using var app = await StartAsync(store);

        Assert.Equal("False", (await app.GetAsync("/available", Cookie)).Body);
        Assert.Equal(1, store.Calls);
        Assert.Equal("True", (await app.GetAsync("/available")).Body);
        Assert.Equal(1, store.Calls);
    }

    [Theory]
    [InlineData("load-cancelled")]
    [InlineData("commit-cancelled")]
    public async Task What_is_cancelled_before_it_began_never_asks_the_store(string act)
    {
        var store = new ThrowingStore();
        await using var app = await StartAsync(store);

        Assert.Equal("OperationCanceledException", (await app.GetAsync($"/{act}", Cookie)).Body);
        Assert.Equal(0, store.Calls);
    }

    [Fact]
    public async Task A_commit_that_was_cancelled_is_made_up_for_at_the_end_of_the_request()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            SessionEndpoints.Map(app);
            app.MapGet("/commit-cancelled", async (HttpContext context) =>
            {
                context.GetSession().Set("n", 7);
                await Record.ExceptionAsync(() => context.Session.CommitAsync(new CancellationToken(canceled: true)));
            });
        });

        Assert.Equal("7", (await app.GetAsync("/read", (await app.GetAsync("/commit-cancelled")).Id)).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_is_given_up_when_its_token_or_the_request_is(bool byRequest)
    {
        var store = new SilentStore();
        using var source = new CancellationTokenSource();
        var given = new TaskCompletionSource<Exception?>();
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", async (HttpContext context) =>
                given.SetResult(await Record.ExceptionAsync(() => context.Session.LoadAsync(byRequest ? context.RequestAborted : source.Token)))),
            sessions: sessions => sessions.AddStore("silent", _ => store));
        using var client = new HttpClient { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"sessionid={Cookie}");
        using var request = new CancellationTokenSource();

        var answer = client.GetAsync("/", request.Token);
        await store.Called;
        await (byRequest ? request : source).CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await given.Task);
        if (byRequest)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        else
            Assert.Equal(200, (int)(await answer).StatusCode);
    }

    private static Task<TestApp> StartAsync(ISessionStore store) => TestApp.StartAsync(
        app => app.MapGet("/{act}", async (HttpContext context, string act) =>
        {
            if (await Record.ExceptionAsync(() => Acts[act](context)) is not { } error)
                return;
            context.GetSession().Modified = false;   // the error is what is asked about, not another save
            await context.Response.WriteAsync(error.GetType().Name);
        }),
        sessions: sessions => sessions.AddStore("faulty", _ => store));
}
