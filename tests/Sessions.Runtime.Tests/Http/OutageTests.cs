using System.ComponentModel;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>The store's server is gone.</summary>
public sealed class OutageTests
{
    private static readonly string Id = new('a', 32);

    private readonly ThrowingStore _store = new(() => new SocketException((int)SocketError.ConnectionRefused));

    [Theory]
    [InlineData("/read")]
    [InlineData("/load")]
    [InlineData("/required")]
    [InlineData("/shape")]
    [InlineData("/write")]
    [InlineData("/flush")]
    [InlineData("/mark")]
    public async Task The_client_is_told_to_come_back(string path)
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync(path, Id);

        Assert.Equal((503, "", "5"), (answer.Status, answer.Body, answer.RetryAfter));
        Assert.Empty(answer.SetCookies);
        Assert.Contains(app.Logs.GetSnapshot(), record => record is { Level: LogLevel.Error, Exception: SessionStoreUnavailableException { InnerException: SocketException } });
        Assert.DoesNotContain(Id, app.LogText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_session_that_cannot_be_stored_is_no_success()
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync("/write");

        Assert.Equal((503, "5"), (answer.Status, answer.RetryAfter));
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task A_request_that_leaves_the_session_alone_is_served()
    {
        await using var app = await StartAsync();

        Assert.Equal((200, "served"), (await app.GetAsync("/untouched", Id)) is var answer ? (answer.Status, answer.Body) : default);
        Assert.Equal(0, _store.Calls);
    }

    [Fact]
    public async Task The_application_s_error_handling_goes_first()
    {
        await using var app = await StartAsync(outside => outside.UseExceptionHandler(handler => handler.Run(async context =>
        {
            var error = (SessionStoreUnavailableException)context.Features.Get<IExceptionHandlerFeature>()!.Error;
            context.Response.StatusCode = error.StatusCode;
            await context.Response.WriteAsync("sorry");
        })));

        var answer = await app.GetAsync("/read", Id);

        Assert.Equal((503, "sorry", null), (answer.Status, answer.Body, answer.RetryAfter));
    }

    [Fact]
    public async Task Another_error_of_the_store_is_an_ordinary_one()
    {
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddStore("throwing", _ => new ThrowingStore()));

        Assert.Equal((500, null), (await app.GetAsync("/read", Id)) is var answer ? (answer.Status, answer.RetryAfter) : default);
    }

    [Fact]
    public async Task An_error_of_the_operating_system_in_a_driver_s_is_an_outage()
    {
        var store = new ThrowingStore(() => new InvalidOperationException("The driver failed.", new Win32Exception(258)));
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddStore("throwing", _ => store));

        Assert.Equal((503, "5"), (await app.GetAsync("/read", Id)) is var answer ? (answer.Status, answer.RetryAfter) : default);
    }

    [Theory]
    [InlineData("/read", 503)]
    [InlineData("/load", 503)]
    [InlineData("/write", 503)]
    [InlineData("/empty/read", 200)]
    [InlineData("/empty/load", 200)]
    public async Task A_cache_that_fails_is_one_whatever_its_client_throws(string path, int status)
    {
        var cache = new TestCache(new TestCacheServer(TimeProvider.System)) { Before = _ => throw new IOException("The connection is closed.") };
        await using var app = await TestApp.StartAsync(
            Map, sessions: sessions => sessions.StoreInCache(), services: services => services.AddSingleton<IDistributedCache>(cache));

        Assert.Equal(status, (await app.GetAsync(path, Id)).Status);
    }

    [Fact]
    public async Task HttpContext_Session_says_that_it_is_not_available()
    {
        await using var app = await StartAsync();

        Assert.Equal("False", (await app.GetAsync("/empty/available", Id)).Body);
    }

    [Theory]
    [InlineData("/empty/read")]
    [InlineData("/empty/load")]
    [InlineData("/empty/required")]
    [InlineData("/empty/shape")]
    public async Task An_endpoint_may_do_without(string path)
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync(path, Id);

        Assert.Equal((200, "0"), (answer.Status, answer.Body));
        Assert.Empty(answer.SetCookies);
        Assert.Equal("Cookie", answer.Vary);
        Assert.Single(app.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Exception: SessionStoreUnavailableException });
    }

    [Theory]
    [InlineData("/empty/write")]
    [InlineData("/empty/remove")]
    [InlineData("/empty/read-flush")]
    [InlineData("/empty/read-clear")]
    [InlineData("/empty/read-mark")]
    [InlineData("/empty/cycle")]
    [InlineData("/empty/expiry")]
    [InlineData("/empty/bytes")]
    [InlineData("/empty/flush")]
    public async Task An_endpoint_that_does_without_cannot_write(string path)
    {
        await using var app = await StartAsync();

        var answer = await app.GetAsync(path, Id);

        Assert.Equal((503, "5"), (answer.Status, answer.RetryAfter));
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task A_session_that_could_not_be_renewed_was_served_all_the_same()
    {
        await using var app = await StartAsync(options: options => options.SaveEveryRequest = true);

        Assert.Equal((200, "0"), (await app.GetAsync("/empty/read", Id)) is var answer ? (answer.Status, answer.Body) : default);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_wait_for_the_store()
    {
        var store = new SilentStore();
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddStore("silent", _ => store));
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /required HTTP/1.1\r\nHost: a\r\nCookie: sessionid={Id}\r\n\r\n"), TestContext.Current.CancellationToken);
        await store.Called;

        client.Close();

        await store.Cancelled;
    }

    private Task<TestApp> StartAsync(Action<WebApplication>? outside = null, Action<TypedSessionOptions>? options = null) => TestApp.StartAsync(
        Map, options, sessions => sessions.AddStore("throwing", _ => _store).AddShape<VisitSession>(), outside: outside);

    private static void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "served");
        foreach (var group in new[] { app.MapGroup(""), app.MapGroup("/empty").WithSessionFaultPolicy(SessionFaultPolicy.ReadOnlyEmpty) })
        {
            group.MapGet("/read", (HttpContext context) => context.GetSession().Get<int>("n").ToString());
            group.MapGet("/required", (HttpContext context) => context.GetSession().Get<int>("n").ToString()).RequireSession();
            group.MapGet("/shape", (VisitSession visit) => visit.Session.Count.ToString());
            group.MapGet("/available", (HttpContext context) => context.Session.IsAvailable.ToString());
            group.MapGet("/load", async (HttpContext context) =>
            {
                await context.GetSession().LoadAsync();
                return context.GetSession().Count.ToString();
            });
            Change("/write", session => session.Set("n", 1));
            Change("/remove", session => session.Remove("n"));
            Change("/flush", session => session.Flush());
            Change("/mark", session => session.Modified = true);
            Change("/read-flush", session => session.Flush(), reads: true);
            Change("/read-clear", session => session.Clear(), reads: true);
            Change("/read-mark", session => session.Modified = true, reads: true);
            Change("/cycle", session => session.CycleId());
            Change("/expiry", session => session.SetExpiry(TimeSpan.FromHours(1)));
            group.MapGet("/bytes", (HttpContext context) => context.Session.SetInt32("n", 1));

            void Change(string path, Action<Session> change, bool reads = false) => group.MapGet(path, (HttpContext context) =>
            {
                if (reads)
                    _ = context.GetSession().Count;
                change(context.GetSession());
            });
        }
    }
}
