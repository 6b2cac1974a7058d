using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>A hub reads the session of its connection, by any transport, and writes through <see cref="SessionManager"/>.</summary>
public sealed class SignalRTests : IAsyncLifetime
{
    public static TheoryData<HttpTransportType, string> Connections => new MatrixTheoryData<HttpTransportType, string>(
        [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling], ["/hub", "/required-hub"]);

    private readonly CountingStore _store = new();
    private readonly Gate _gate = new(1);
    private TestApp _app = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            app =>
            {
                app.MapHub<VisitHub>("/hub");
                app.MapHub<VisitHub>("/required-hub").RequireSession();
            },
            sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => _store),
            services: services => services.AddSingleton(_gate).AddSignalR());
        _id = await _app.StoreSessionAsync("Count", 6);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task The_session_of_the_connection_is_read_and_not_written(HttpTransportType transport, string path)
    {
        _store.RefusesSyncLoads = path == "/required-hub";
        _store.Reset();
        await using var hub = await ConnectAsync(transport, path);

        Assert.Equal(6, await hub.InvokeAsync<int>("Read", Cancellation));
        var refusal = await hub.InvokeAsync<string?>("Write", Cancellation);
        Assert.Contains("SessionManager.OpenAsync(id)", refusal, StringComparison.Ordinal);
        Assert.Equal(6, await hub.InvokeAsync<int>("Read", Cancellation));

        await hub.StopAsync(Cancellation);
        Assert.Equal((0, 0), (_store.Writes, _store.Renewals));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task An_invocation_opens_changes_and_saves_a_session_of_its_own(HttpTransportType transport, string path)
    {
        await using var hub = await ConnectAsync(transport, path);

        Assert.Equal(8, await hub.InvokeAsync<int?>("Add", 2, false, Cancellation));
        Assert.Equal(9, await hub.InvokeAsync<int?>("Add", 1, false, Cancellation));
        await _app.Manager.DeleteAsync(Id, Cancellation);
        Assert.Null(await hub.InvokeAsync<int?>("Add", 1, false, Cancellation));
    }

    [Fact]
    public async Task A_session_that_ends_during_an_invocation_stays_ended()
    {
        await using var hub = await ConnectAsync(HttpTransportType.WebSockets, "/hub");

        var adding = hub.InvokeAsync<int?>("Add", 1, true, Cancellation);
        await _gate.Arrived;
        await _app.Manager.DeleteAsync(Id, Cancellation);
        _gate.Open();

        Assert.Equal(-1, await adding);
        Assert.False(await _app.Manager.ExistsAsync(Id, Cancellation));
    }

    // As in an interactive circuit, whose components inject.
    [Fact]
    public async Task An_injected_session_is_the_connections_or_says_where_to_get_one()
    {
        await using var socket = await ConnectAsync(HttpTransportType.WebSockets, "/hub");
        await using var polled = await ConnectAsync(HttpTransportType.LongPolling, "/hub");

        Assert.Matches(@"^6 .*SessionManager\.OpenAsync\(id\)", await socket.InvokeAsync<string>("Injected", Cancellation));
        Assert.Matches(@"^There is no current request.*SessionManager", await polled.InvokeAsync<string>("Injected", Cancellation));
    }

    [Theory]
    [InlineData("/hub")]
    [InlineData("/required-hub")]
    public async Task A_visitor_without_a_session_reads_an_empty_one(string path)
    {
        _id = new string('a', 32);
        await using var hub = await ConnectAsync(HttpTransportType.LongPolling, path);

        Assert.Equal(0, await hub.InvokeAsync<int>("Read", Cancellation));
        Assert.Null(await hub.InvokeAsync<int?>("Add", 1, false, Cancellation));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SessionId Id => SessionId.TryParse(_id, out var id) ? id : throw new FormatException();

    private async Task<HubConnection> ConnectAsync(HttpTransportType transport, string path)
    {
        var address = new Uri(_app.Address, path);
        var hub = new HubConnectionBuilder()
            .WithUrl(address, transport, options => options.Cookies.Add(new Cookie("sessionid", _id, "/", address.Host)))
            .Build();
        await hub.StartAsync(Cancellation);
        return hub;
    }
}
