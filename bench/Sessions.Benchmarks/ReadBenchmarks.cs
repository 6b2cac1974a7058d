using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Sessions.Benchmarks;

/// <summary>Reading a value that this request has read before.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[WarmupCount(5), IterationCount(15), IterationTime(60)]
public class ReadBenchmarks
{
    private Visitor _visitor = null!;
    private Dictionary<string, object> _dictionary = null!;
    private Session _session = null!;
    private VisitSession _shape = null!;
    private DistributedSession _former = null!;

    [Params(1, 20, 200)]
    public int OtherKeys { get; set; }

    public int Property { get; set; }

    public Basket ObjectProperty { get; set; } = Basket.Sample();

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _visitor = await Visitor.CreateAsync(OtherKeys);
        _dictionary = _visitor.Dictionaries["id"];
        _session = (await _visitor.OpenAsync())!;
        _shape = new VisitSession(_session);
        _former = await _visitor.OpenFormerAsync();
    }

    [GlobalCleanup]
    public void Cleanup() => _visitor.Dispose();

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInProperty() => Property;

    [Benchmark(Baseline = true), BenchmarkCategory("number")]
    public int NumberInDictionary() => (int)_dictionary["Visits"];

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInSession() => _session.Get(VisitSession.Keys.Visits);

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInShape() => _shape.Visits;

    [Benchmark, BenchmarkCategory("number")]
    public int? NumberInFormerSession() => _former.GetInt32("Visits");

    [Benchmark, BenchmarkCategory("object")]
    public Basket ObjectInProperty() => ObjectProperty;

    [Benchmark(Baseline = true), BenchmarkCategory("object")]
    public Basket ObjectInDictionary() => (Basket)_dictionary["Basket"];

    [Benchmark, BenchmarkCategory("object")]
    public Basket ObjectInSession() => _session.Get(VisitSession.Keys.Basket);

    [Benchmark, BenchmarkCategory("object")]
    public Basket ObjectInShape() => _shape.Basket;

    [Benchmark, BenchmarkCategory("object")]
    public Basket? ObjectInFormerSession() => JsonSerializer.Deserialize<Basket>(_former.GetString("Basket")!);
}
