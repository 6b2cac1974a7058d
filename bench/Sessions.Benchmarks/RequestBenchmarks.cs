using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Benchmarks;

/// <summary>
/// A request that brings the session's cookie among others and does not touch the session: no server around it, so that what is left is
/// the middleware, and in it the parsing of the cookies.
/// </summary>
[MemoryDiagnoser]
[IterationTime(100)]
public class RequestBenchmarks
{
    private ServiceProvider _services = null!;
    private HttpContext _context = null!;
    private RequestDelegate _none = null!;
    private RequestDelegate _session = null!;
    private RequestDelegate _former = null!;

    [Params(0, 10)]
    public int OtherCookies { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var services = new ServiceCollection().AddLogging().AddDistributedMemoryCache().AddSession();
        _services = services.AddTypedSessions().Services.BuildServiceProvider();
        _context = new DefaultHttpContext { RequestServices = _services };
        var cookies = Enumerable.Range(0, OtherCookies).Select(i => $"other{i}=some-value-of-its-own").Append($"sessionid={SessionId.New().Secret}");
        _context.Request.Headers.Cookie = string.Join("; ", cookies);
        _none = Build(static _ => { });
        _session = Build(static app => app.UseTypedSessions());
        _former = Build(static app => app.UseSession());
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark(Baseline = true)]
    public Task NoSession() => _none(_context);

    [Benchmark]
    public Task UntouchedSession() => _session(_context);

    [Benchmark]
    public Task UntouchedFormerSession() => _former(_context);

    private RequestDelegate Build(Action<IApplicationBuilder> add)
    {
        var app = new ApplicationBuilder(_services);
        add(app);
        app.Run(static _ => Task.CompletedTask);
        return app.Build();
    }
}
