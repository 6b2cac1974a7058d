using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>What goes wrong, and who is told.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("/empty")]
    [InlineData("/text")]
    [InlineData("/json")]
    [InlineData("/stream")]
    [InlineData("/writer")]
    public async Task A_save_that_fails_fails_the_request_and_error_handling_sees_it(string path)
    {
        await using var app = await TestApp.StartAsync(
            MapBodies,
            sessions: sessions => sessions.AddStore("throwing", _ => new ThrowingStore()),
            outside: outside => outside.UseExceptionHandler(handler => handler.Run(async context =>
            {
                var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
                await context.Response.WriteAsync($"handled: {error.Message}");
            })));

        var answer = await app.GetAsync(path);

        Assert.Equal(500, answer.Status);
        Assert.Equal("handled: The store is down.", answer.Body);
        Assert.Empty(answer.SetCookies);
    }

    [Theory]
    [InlineData("/empty")]
    [InlineData("/text")]
    [InlineData("/json")]
    [InlineData("/stream")]
    [InlineData("/writer")]
    public async Task A_session_that_ends_meanwhile_is_an_interruption_answered_400(string path)
    {
        await using var app = await TestApp.StartAsync(MapBodies);
        var id = (await app.GetAsync("/text")).Id!;

        var answer = await app.GetAsync($"{path}?end={id}", id);

        Assert.Equal(400, answer.Status);
        Assert.Empty(answer.SetCookies);
        Assert.True(SessionId.TryParse(id, out var parsed));
        Assert.False(await app.Manager.ExistsAsync(parsed, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_exception_handler_sees_the_interruption()
    {
        await using var app = await TestApp.StartAsync(MapBodies, outside: outside => outside.UseExceptionHandler(handler => handler.Run(
            async context => await context.Response.WriteAsync(context.Features.Get<IExceptionHandlerFeature>()!.Error.GetType().Name))));
        var id = (await app.GetAsync("/text")).Id!;

        var answer = await app.GetAsync($"/text?end={id}", id);

        Assert.Equal(nameof(SessionInterruptedException), answer.Body);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task An_error_page_after_an_interruption_cannot_begin_another_session()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                MapBodies(app);
                app.MapGet("/error", (HttpContext context) =>
                {
                    context.Response.StatusCode = 400;
                    context.GetSession().Set("flash", "sorry");
                });
            },
            outside: outside => outside.UseExceptionHandler("/error"));
        var id = (await app.GetAsync("/text")).Id!;

        var answer = await app.GetAsync($"/text?end={id}", id);

        Assert.Equal(400, answer.Status);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task Reexecution_sees_the_same_session_without_the_unsaved_writes()
    {
        await using var app = await StartWithPageAsync(
            context => $"{context.GetSession().Get("n", -1)} {context.GetSession().Modified}", outside => outside.UseExceptionHandler("/page"));
        var id = (await app.GetAsync("/write")).Id!;

        var answer = await app.GetAsync("/throw", id);

        Assert.Equal(500, answer.Status);
        Assert.Equal("1 False", answer.Body);
        Assert.Equal("Cookie", answer.Vary);
        Assert.Equal("1", (await app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task A_flush_before_a_handled_exception_deletes_the_cookie_too()
    {
        await using var app = await StartWithPageAsync(_ => "sorry", outside => outside.UseExceptionHandler("/page"));
        var id = (await app.GetAsync("/write")).Id!;

        var answer = await app.GetAsync("/flush-throw", id);

        Assert.Equal(500, answer.Status);
        Assert.True(answer.DeletesCookie);
        Assert.Equal("missing", (await app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task A_status_code_page_does_not_save_what_the_first_run_wrote()
    {
        await using var app = await StartWithPageAsync(
            context => $"page {context.GetSession().Get("n", -1)}", outside => outside.UseStatusCodePagesWithReExecute("/page"));
        var id = (await app.GetAsync("/write")).Id!;

        var answer = await app.GetAsync("/write?status=404", id);

        Assert.Equal(404, answer.Status);
        Assert.Equal("page 1", answer.Body);
        Assert.Equal("1", (await app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task A_write_after_the_headers_is_saved_to_an_existing_session()
    {
        await using var app = await TestApp.StartAsync(MapLate);
        var id = (await app.GetAsync("/first")).Id!;

        var answer = await app.GetAsync("/late", id);

        Assert.Equal("started", answer.Body);
        Assert.Empty(answer.SetCookies);
        Assert.Equal("2", (await app.GetAsync("/read", id)).Body);
    }

    [Theory]
    [InlineData("/late")]
    [InlineData("/late-cycle")]
    public async Task A_write_to_a_new_session_after_the_headers_fails(string path)
    {
        await using var app = await TestApp.StartAsync(MapLate);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.GetAsync(path));

        Assert.Contains(app.Logs.GetSnapshot(), record => record.Exception is InvalidOperationException);
    }

    [Fact]
    public async Task A_late_save_that_fails_aborts_the_connection_and_is_logged()
    {
        await using var app = await TestApp.StartAsync(MapLate);
        var id = (await app.GetAsync("/first")).Id!;

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.GetAsync("/late?end=true", id));

        Assert.Contains(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error && record.Exception is SessionInterruptedException);
    }

    private static Task<TestApp> StartWithPageAsync(Func<HttpContext, string> page, Action<WebApplication> outside) => TestApp.StartAsync(
        app =>
        {
            SessionEndpoints.Map(app);
            app.MapGet("/page", (HttpContext context) => page(context));
        },
        outside: outside);

    private static void MapBodies(WebApplication app)
    {
        async Task WriteAsync(HttpContext context, string? end)
        {
            context.GetSession().Set("n", context.GetSession().Get<int>("n") + 1);
            if (SessionId.TryParse(end, out var id))
                await context.RequestServices.GetRequiredService<SessionManager>().DeleteAsync(id);
        }

        app.MapGet("/empty", WriteAsync);
        app.MapGet("/text", async (HttpContext context, string? end) =>
        {
            await WriteAsync(context, end);
            return "text";
        });
        app.MapGet("/json", async (HttpContext context, string? end) =>
        {
            await WriteAsync(context, end);
            return new { text = "json" };
        });
        app.MapGet("/stream", async (HttpContext context, string? end) =>
        {
            await WriteAsync(context, end);
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("stream"));
        });
        app.MapGet("/writer", async (HttpContext context, string? end) =>
        {
            await WriteAsync(context, end);
            Encoding.UTF8.GetBytes("writer", context.Response.BodyWriter);
            await context.Response.BodyWriter.FlushAsync();
        });
    }

    private static void MapLate(WebApplication app)
    {
        app.MapGet("/first", (HttpContext context) => context.GetSession().Set("n", 1));
        app.MapGet("/read", (HttpContext context) => context.GetSession().Get<int>("n").ToString());
        app.MapGet("/late", async (HttpContext context, bool? end) =>
        {
            var session = context.GetSession();
            await session.LoadAsync();
            await context.Response.WriteAsync("started");
            if (end == true)
                await context.RequestServices.GetRequiredService<SessionManager>().DeleteAsync(session.Id!.Value);
            session.Set("n", 2);
        });
        app.MapGet("/late-cycle", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("started");
            context.GetSession().CycleId();
        });
    }
}
