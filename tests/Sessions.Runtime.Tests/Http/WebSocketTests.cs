using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Once a request has become a WebSocket, its session can be read and no longer written.</summary>
public sealed class WebSocketTests
{
    private static readonly Dictionary<string, Action<HttpContext>> Writes = new()
    {
        ["set"] = context => context.GetSession().Set("n", 2),
        ["update"] = context => context.GetSession().Update([new("n", 2)]),
        ["remove"] = context => context.GetSession().Remove("n"),
        ["pop"] = context => context.GetSession().Pop<int>("n"),
        ["clear"] = context => context.GetSession().Clear(),
        ["flush"] = context => context.GetSession().Flush(),
        ["cycle"] = context => context.GetSession().CycleId(),
        ["modified"] = context => context.GetSession().Modified = true,
        ["expiry"] = context => context.GetSession().SetExpiry(TimeSpan.FromMinutes(1)),
        ["mutate"] = context => context.GetSession().Mutate(new SessionKey<List<int>>("list"), list => list.Add(3)),
        ["save"] = context => context.GetSession().SaveAsync().AsTask().GetAwaiter().GetResult(),
        ["ISession.Set"] = context => context.Session.SetInt32("n", 2),
        ["ISession.Remove"] = context => context.Session.Remove("n"),
        ["ISession.Clear"] = context => context.Session.Clear(),
    };

    public static TheoryData<string> WriteNames => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(WriteNames))]
    public async Task Every_write_says_what_to_do_instead(string write)
    {
        await using var app = await StartAsync();
        var id = await app.StoreSessionAsync("n", 1);

        Assert.Matches(@"^1 \[\] InvalidOperationException: .*SessionManager\.OpenAsync\(id\)", await TalkAsync(app, $"/ws/{write}", id));
        Assert.Equal("1", (await app.GetAsync("/n", id)).Body);
    }

    [Fact]
    public async Task It_holds_over_HTTP_2_too()
    {
        await using var app = await StartAsync(HttpProtocols.Http2);
        var id = await app.StoreSessionAsync("n", 1);

        Assert.Matches(@"^1 \[\] InvalidOperationException: .*SessionManager\.OpenAsync\(id\)", await TalkAsync(app, "/ws/set", id, new Version(2, 0)));
    }

    [Fact]
    public async Task What_was_written_before_the_upgrade_is_saved_with_it()
    {
        await using var app = await StartAsync();
        var id = await app.StoreSessionAsync("n", 1);

        Assert.StartsWith("2 ", await TalkAsync(app, "/ws-after-write", id), StringComparison.Ordinal);
        Assert.Equal("2", (await app.GetAsync("/n", id)).Body);
    }

    [Theory]
    [InlineData("/ws/nothing", "")]
    [InlineData("/ws-after-write", "sessionid")]
    public async Task The_answer_to_the_upgrade_says_what_it_varies_by_and_gives_the_cookie(string path, string gives)
    {
        await using var app = await StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(new UriBuilder(new Uri(app.Address, path + "?read=true")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);

        Assert.Equal(["Cookie"], socket.HttpResponseHeaders!["Vary"]);
        var cookie = socket.HttpResponseHeaders.GetValueOrDefault("Set-Cookie")?.Single().Split(';')[0];
        Assert.Equal(gives, cookie?.Split('=')[0] ?? "");
        if (cookie is not null)
            Assert.Equal("2", (await app.GetAsync("/n", cookie)).Body);
    }

    [Fact]
    public async Task A_value_changed_in_place_is_not_saved_when_the_connection_ends()
    {
        await using var app = await StartAsync(options: options => options.NestedMutations = NestedMutations.Save);
        var id = await app.StoreSessionAsync("list", new List<int>());

        await TalkAsync(app, "/ws/nothing", id);

        Assert.Equal("[]", (await app.GetAsync("/list", id)).Body);
    }

    private static Task<TestApp> StartAsync(HttpProtocols protocols = HttpProtocols.Http1, Action<TypedSessionOptions>? options = null) => TestApp.StartAsync(
        app =>
        {
            app.UseWebSockets();
            app.Map("/ws/{write}", (HttpContext context, string write, bool? read) =>
            {
                if (read == true)
                    context.GetSession().Get<int>("n");
                return AnswerAsync(context, write);
            });
            app.Map("/ws-after-write", (HttpContext context) =>
            {
                context.GetSession().Set("n", 2);
                return AnswerAsync(context, "set");
            });
            app.MapGet("/n", (HttpContext context) => context.GetSession().Get<int>("n"));
            app.MapGet("/list", (HttpContext context) => context.GetSession().Get<List<int>>("list", []));
        },
        options,
        services: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols)));

    // What is read, then what the write answers.
    private static async Task AnswerAsync(HttpContext context, string write)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var session = context.GetSession();
        var list = session.Get<List<int>>("list", []);
        var read = $"{session.Get<int>("n")} [{string.Join(',', list)}]";
        list.Add(7);
        var error = Writes.TryGetValue(write, out var act) ? Record.Exception(() => act(context)) : null;
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{read} {error?.GetType().Name}: {error?.Message}"), WebSocketMessageType.Text, true, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }

    private static async Task<string> TalkAsync(TestApp app, string path, string id, Version? version = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        socket.Options.SetRequestHeader("Cookie", $"sessionid={id}");
        if (version is not null)
            (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        await socket.ConnectAsync(new UriBuilder(new Uri(app.Address, path)) { Scheme = "ws" }.Uri, invoker, cancellation);
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, cancellation);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
