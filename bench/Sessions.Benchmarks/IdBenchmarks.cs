using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace Sessions.Benchmarks;

/// <summary>Drawing an id, and reading the one that a client brings; beside a random GUID, which has 122 bits to the id's 165.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[IterationTime(100)]
public class IdBenchmarks
{
    private string _id = null!;
    private string _guid = null!;

    [GlobalSetup]
    public void Setup() => (_id, _guid) = (SessionId.New().Secret, Guid.NewGuid().ToString());

    [Benchmark(Baseline = true), BenchmarkCategory("new")]
    public string NewGuid() => Guid.NewGuid().ToString();

    [Benchmark, BenchmarkCategory("new")]
    public string NewId() => SessionId.New().Secret;

    [Benchmark(Baseline = true), BenchmarkCategory("parse")]
    public bool ParseGuid() => Guid.TryParse(_guid, out _);

    [Benchmark, BenchmarkCategory("parse")]
    public bool ParseId() => SessionId.TryParse(_id, out _);
}
