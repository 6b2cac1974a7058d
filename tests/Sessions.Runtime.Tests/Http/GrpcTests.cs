using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Sessions in gRPC services, whose clients send the cookie as metadata.</summary>
public sealed class GrpcTests : IAsyncLifetime
{
    private readonly CountingStore _store = new() { RefusesSyncLoads = true };
    private TestApp _app = null!;
    private GrpcChannel _channel = null!;
    private string _id = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(
            app => app.MapGrpcService<VisitService>().RequireSession(),
            sessions: sessions => sessions.AddSessionShapes().AddStore("counting", _ => _store),
            services: services => services
                .Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2))
                .AddGrpc());
        _channel = GrpcChannel.ForAddress(_app.Address);
        _id = await _app.StoreSessionAsync("Count", 6);
        _store.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_reads_loads_asynchronously_and_writes_nothing()
    {
        Assert.Equal("visit 6", await CallAsync("read"));

        Assert.Equal((1, 0, 0), (_store.AsyncLoads, _store.Writes, _store.Renewals));
    }

    [Fact]
    public async Task A_call_that_writes_is_saved_before_its_answer()
    {
        Assert.Equal("visit 7", await CallAsync("add"));
        Assert.Equal("visit 7", await CallAsync("read"));
    }

    [Fact]
    public async Task A_status_that_is_thrown_is_an_answer_and_saves()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => CallAsync("fail"));
        Assert.Equal("visit 7", error.Status.Detail);
        Assert.Equal("visit 7", await CallAsync("read"));
    }

    private async Task<string> CallAsync(string what)
    {
        var options = new CallOptions(new Metadata { { "cookie", $"sessionid={_id}" } }, cancellationToken: TestContext.Current.CancellationToken);
        using var call = _channel.CreateCallInvoker().AsyncUnaryCall(VisitServiceBase.Method, host: null, options, what);
        return await call;
    }
}
