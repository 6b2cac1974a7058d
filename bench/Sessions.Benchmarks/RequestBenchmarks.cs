using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
    private DefaultHttpContext _context = null!;
    private IFeatureCollection _features = null!;
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
        var cookies = Enumerable.Range(0, OtherCookies).Select(i => $"other{i}=some-value-of-its-own").Append($"sessionid={SessionId.New().Secret}");
        _context = new DefaultHttpContext { ServiceScopeFactory = _services.GetRequiredService<IServiceScopeFactory>() };
        _context.Request.Headers.Cookie = string.Join("; ", cookies);
        _features = _context.Features;   // the request and the response, and nothing that middleware adds
        _none = Build(static _ => { });
        _session = Build(static app => app.UseTypedSessions());
        _former = Build(static app => app.UseSession());
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark(Baseline = true)]
    public Task NoSession() => Answer(_none);

    [Benchmark]
    public Task UntouchedSession() => Answer(_session);

    [Benchmark]
    public Task UntouchedFormerSession() => Answer(_former);

    // As by a server: each request has features of its own, and room for the session's.
    private Task Answer(RequestDelegate pipeline)
    {
        var features = new FeatureCollection(initialCapacity: 16);
        foreach (var (type, feature) in _features)
            features[type] = feature;
        _context.Initialize(features);
        return pipeline(_context);
    }

    private RequestDelegate Build(Action<IApplicationBuilder> add)
    {
        var app = new ApplicationBuilder(_services);
        add(app);
        app.Run(static _ => Task.CompletedTask);
        return app.Build();
    }
}
