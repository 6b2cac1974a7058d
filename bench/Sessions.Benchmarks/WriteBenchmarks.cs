using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;

namespace Sessions.Benchmarks;

/// <summary>Writing to a session that is loaded, and not saving it.</summary>
[IterationTime(100)]
public class WriteBenchmarks : LoadedSessionBenchmarks
{
    private int _number;

    [Benchmark(Baseline = true), BenchmarkCategory("set")]
    public void SetInDictionary() => InDictionary["Visits"] = ++_number;

    [Benchmark, BenchmarkCategory("set")]
    public void SetInSession() => Session.Set(VisitSession.Keys.Visits, ++_number);

    [Benchmark, BenchmarkCategory("set")]
    public void SetInShape() => Shape.Visits = ++_number;

    [Benchmark, BenchmarkCategory("set")]
    public void SetInFormerSession() => Former.SetInt32("Visits", ++_number);

    [Benchmark(Baseline = true), BenchmarkCategory("set and pop")]
    public int PopFromDictionary()
    {
        InDictionary["Visits"] = ++_number;
        return InDictionary.Remove("Visits", out var value) ? (int)value : 0;
    }

    [Benchmark, BenchmarkCategory("set and pop")]
    public int PopFromSession()
    {
        Session.Set(VisitSession.Keys.Visits, ++_number);
        return Session.Pop(VisitSession.Keys.Visits);
    }

    [Benchmark, BenchmarkCategory("set and pop")]
    public int PopFromShape()
    {
        Shape.Visits = ++_number;
        return Shape.PopVisits();
    }

    [Benchmark, BenchmarkCategory("set and pop")]
    public int PopFromFormerSession()
    {
        Former.SetInt32("Visits", ++_number);
        var value = Former.GetInt32("Visits") ?? 0;
        Former.Remove("Visits");
        return value;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("remove and set default")]
    public int DefaultInDictionary()
    {
        InDictionary.Remove("Visits");
        InDictionary.TryAdd("Visits", ++_number);
        return (int)InDictionary["Visits"];
    }

    [Benchmark, BenchmarkCategory("remove and set default")]
    public int DefaultInSession()
    {
        Session.Remove(VisitSession.Keys.Visits);
        return Session.SetDefault(VisitSession.Keys.Visits, ++_number);
    }

    [Benchmark, BenchmarkCategory("remove and set default")]
    public int DefaultInShape()
    {
        Shape.RemoveVisits();
        return Shape.SetDefaultVisits(++_number);
    }

    [Benchmark, BenchmarkCategory("remove and set default")]
    public int DefaultInFormerSession()
    {
        Former.Remove("Visits");
        if (Former.GetInt32("Visits") is { } value)
            return value;
        Former.SetInt32("Visits", ++_number);
        return _number;
    }
}
