using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.Http;

namespace Sessions.Benchmarks;

/// <summary>What one request asks of the store, in the memory of this process: one small key of the session read, or written and saved.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[WarmupCount(5), IterationCount(15), IterationTime(60)]
public class StoreBenchmarks
{
    private Visitor _visitor = null!;
    private int _number;

    public static IEnumerable<SessionContent> Contents => [new(1, 1), new(20, 1), new(200, 1), new(1, 10), new(20, 10), new(1, 100), new(20, 100), new(200, 100)];

    [ParamsSource(nameof(Contents))]
    public required SessionContent Of { get; set; }

    [GlobalSetup]
    public async Task SetupAsync() => _visitor = await Visitor.CreateAsync(Of.OtherKeys, Of.Kilobytes);

    [GlobalCleanup]
    public void Cleanup() => _visitor.Dispose();

    [Benchmark(Baseline = true), BenchmarkCategory("load and read")]
    public int LoadDictionary() => (int)_visitor.Dictionaries["id"]["Visits"];

    [Benchmark, BenchmarkCategory("load and read")]
    public async Task<int> LoadSession() => (await _visitor.OpenAsync())!.Get(VisitSession.Keys.Visits);

    [Benchmark, BenchmarkCategory("load and read")]
    public async Task<int?> LoadFormerSession() => (await _visitor.OpenFormerAsync()).GetInt32("Visits");

    [Benchmark(Baseline = true), BenchmarkCategory("load, write and save")]
    public void SaveDictionary() => _visitor.Dictionaries["id"]["Visits"] = ++_number;

    [Benchmark, BenchmarkCategory("load, write and save")]
    public async Task SaveSession()
    {
        var session = (await _visitor.OpenAsync())!;
        session.Set(VisitSession.Keys.Visits, ++_number);
        await session.SaveAsync();
    }

    [Benchmark, BenchmarkCategory("load, write and save")]
    public async Task SaveFormerSession()
    {
        var session = await _visitor.OpenFormerAsync();
        session.SetInt32("Visits", ++_number);
        await session.CommitAsync();
    }
}
