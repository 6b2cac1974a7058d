using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.Session;

namespace Sessions.Benchmarks;

/// <summary>A session that is loaded, among other keys, and the same in a dictionary and in ASP.NET Core's own session.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public abstract class LoadedSessionBenchmarks
{
    private Visitor _visitor = null!;

    [Params(1, 20, 200)]
    public int OtherKeys { get; set; }

    protected Dictionary<string, object> InDictionary { get; private set; } = null!;

    protected Session Session { get; private set; } = null!;

    protected VisitSession Shape { get; private set; } = null!;

    protected DistributedSession Former { get; private set; } = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _visitor = await Visitor.CreateAsync(OtherKeys);
        InDictionary = _visitor.Dictionaries["id"];
        Session = (await _visitor.OpenAsync())!;
        Shape = new VisitSession(Session);
        Former = await _visitor.OpenFormerAsync();
    }

    [GlobalCleanup]
    public void Cleanup() => _visitor.Dispose();
}
