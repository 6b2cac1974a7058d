using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;

namespace Sessions.Benchmarks;

/// <summary>Reading a value that this request has read before.</summary>
[WarmupCount(5), IterationCount(15), IterationTime(60)]
public class ReadBenchmarks : LoadedSessionBenchmarks
{
    public int Property { get; set; }

    public Basket ObjectProperty { get; set; } = Basket.Sample();

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInProperty() => Property;

    [Benchmark(Baseline = true), BenchmarkCategory("number")]
    public int NumberInDictionary() => (int)InDictionary["Visits"];

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInSession() => Session.Get(VisitSession.Keys.Visits);

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInShape() => Shape.Visits;

    [Benchmark, BenchmarkCategory("number")]
    public int? NumberInFormerSession() => Former.GetInt32("Visits");

    [Benchmark, BenchmarkCategory("object")]
    public Basket ObjectInProperty() => ObjectProperty;

    [Benchmark(Baseline = true), BenchmarkCategory("object")]
    public Basket ObjectInDictionary() => (Basket)InDictionary["Basket"];

    [Benchmark, BenchmarkCategory("object")]
    public Basket ObjectInSession() => Session.Get(VisitSession.Keys.Basket);

    [Benchmark, BenchmarkCategory("object")]
    public Basket ObjectInShape() => Shape.Basket;

    [Benchmark, BenchmarkCategory("object")]
    public Basket? ObjectInFormerSession() => JsonSerializer.Deserialize<Basket>(Former.GetString("Basket")!);
}
