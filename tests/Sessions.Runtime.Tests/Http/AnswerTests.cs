using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Sessions.Tests.Http;

/// <summary>Answers of every kind: without a body, from a file, piece by piece, from a branch.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private static readonly EntityTagHeaderValue Tag = new("\"v1\"");
    private readonly string _file = Path.GetTempFileName();
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, "from a file");
        _app = await TestApp.StartAsync(MapAll);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task A_request_for_the_headers_alone_is_saved()
    {
        var answer = await _app.SendAsync(HttpMethod.Head, "/text?write=true");

        Assert.Equal((200, "", "Cookie"), (answer.Status, answer.Body, answer.Vary));
        Assert.Equal("1", (await _app.GetAsync("/text", answer.Id)).Body);
        Assert.Equal("Cookie", (await _app.SendAsync(HttpMethod.Head, "/text", answer.Id)).Vary);
    }

    [Theory]
    [InlineData("/bytes")]
    [InlineData("/file")]
    public async Task An_answer_that_was_not_modified_carries_the_cookie_and_what_it_varies_by(string path)
    {
        var read = await _app.SendAsync(HttpMethod.Get, path, "other=1", ("If-None-Match", "\"v1\""));
        Assert.Equal((304, "Cookie", 0), (read.Status, read.Vary, read.SetCookies.Count));

        var write = await _app.SendAsync(HttpMethod.Get, $"{path}?write=true", "other=1", ("If-None-Match", "\"v1\""));
        Assert.Equal((304, "Cookie"), (write.Status, write.Vary));
        Assert.Equal("1", (await _app.GetAsync("/text", write.Id)).Body);
    }

    [Theory]
    [InlineData("/bytes", "in memory")]
    [InlineData("/file", "from a file")]
    [InlineData("/send-file", "from a file")]
    [InlineData("/redirect", "")]
    [InlineData("/sequence", "[1,2,3]")]
    [InlineData("/events", "data: 1\n\ndata: 2\n\n")]
    public async Task Every_answer_carries_the_cookie_of_what_was_written_before_it(string path, string body)
    {
        var answer = await _app.GetAsync($"{path}?write=true");

        Assert.Equal(body, answer.Body);
        Assert.Equal(("Cookie", "no-store, no-cache"), (answer.Vary, answer.CacheControl));
        Assert.Equal("1", (await _app.GetAsync("/text", answer.Id)).Body);
    }

    [Theory]
    [InlineData("/sequence")]
    [InlineData("/events")]
    public async Task What_is_written_while_the_body_streams_is_saved_to_an_existing_session(string path)
    {
        var id = (await _app.GetAsync("/text?write=true")).Id!;

        var answer = await _app.GetAsync($"{path}?during=true", id);

        Assert.Equal(200, answer.Status);
        Assert.Equal("3", (await _app.GetAsync("/text", id)).Body);
    }

    [Fact]
    public async Task Events_after_the_first_cannot_begin_a_session()
    {
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _app.GetAsync("/events?during=true"));

        Assert.Contains(_app.Logs.GetSnapshot(), record => record.Exception is InvalidOperationException);
        Assert.Equal(0, ((MemorySessionStore)_app.Services.GetRequiredService<ISessionStore>()).Count);
    }

    [Fact]
    public async Task A_branch_may_have_the_session_alone_or_again()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            app.Map("/again", again => again.UseTypedSessions().Run(WriteAndReadAsync));
            app.Run(WriteAndReadAsync);
        });

        var id = (await app.GetAsync("/again")).Id!;
        var answer = await app.GetAsync("/again", id);
        Assert.Equal(("2", id), (answer.Body, answer.Id));
        Assert.Equal("3", (await app.GetAsync("/other", id)).Body);
    }

    [Fact]
    public async Task Outside_of_the_branch_the_error_names_what_to_call()
    {
        await using var app = await TestApp.StartAsync(_ => { }, outside: outside =>
        {
            outside.Map("/shop", shop => shop.UseTypedSessions().Run(WriteAndReadAsync));
            outside.Run(async context => await context.Response.WriteAsync(Record.Exception(() => context.GetSession())!.Message));
        });

        Assert.Equal("1", (await app.GetAsync("/shop")).Body);
        Assert.Contains("app.UseTypedSessions()", (await app.GetAsync("/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_of_the_cookie_is_the_options_whatever_the_base_of_the_request()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map, outside: outside => outside.UsePathBase("/shop").UseRouting());

        Assert.Contains("; path=/;", (await app.GetAsync("/shop/write")).SessionCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secure_request_gets_a_secure_cookie()
    {
        await using var app = await TestApp.StartAsync(SessionEndpoints.Map, outside: outside => outside.Use((context, next) =>
        {
            context.Request.Scheme = "https";   // as behind a proxy
            return next(context);
        }));

        Assert.Contains("; secure;", (await app.GetAsync("/write")).SessionCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_in_the_address_or_in_another_header_is_none()
    {
        var id = (await _app.GetAsync("/text?write=true")).Id!;

        Assert.Equal("0", (await _app.GetAsync($"/text?sessionid={id}")).Body);
        Assert.Equal("0", (await _app.SendAsync(HttpMethod.Get, "/text", null, ("sessionid", id), ("X-Session-Id", id), ("Cookie2", $"sessionid={id}"))).Body);
    }

    private static async Task WriteAndReadAsync(HttpContext context)
    {
        context.GetSession().Set("n", context.GetSession().Get<int>("n") + 1);
        await context.Response.WriteAsync(context.GetSession().Get<int>("n").ToString());
    }

    private void MapAll(WebApplication app)
    {
        Map(app, "/text", context => Results.Text(context.GetSession().Get<int>("n").ToString()));
        Map(app, "/bytes", _ => Results.Bytes("in memory"u8.ToArray(), entityTag: Tag));
        Map(app, "/file", _ => Results.File(_file, entityTag: Tag));
        Map(app, "/redirect", _ => Results.Redirect("/text"));
        Map(app, "/sequence", context => Results.Ok(CountAsync(context, 3)));
        Map(app, "/events", context => TypedResults.ServerSentEvents(CountAsync(context, 2)));
        app.MapGet("/send-file", (HttpContext context) =>
        {
            context.GetSession().Set("n", 1);
            return context.Response.SendFileAsync(_file);
        });
    }

    private static void Map(WebApplication app, string path, Func<HttpContext, IResult> answer) =>
        app.MapMethods(path, ["GET", "HEAD"], (HttpContext context, bool? write) =>
        {
            if (write == true)
                context.GetSession().Set("n", 1);
            else
                context.GetSession().Get<int>("n");
            return answer(context);
        });

    private static async IAsyncEnumerable<int> CountAsync(HttpContext context, int last)
    {
        await Task.Yield();
        for (var number = 1; number <= last; number++)
        {
            yield return number;
            if (context.Request.Query.ContainsKey("during"))
                context.GetSession().Set("n", 3);
        }
    }
}
