using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Sessions.Benchmarks;

/// <summary>Writing to a session that is loaded, and not saving it.</summary>
[MemoryDiagnoser, CategoriesColumn, GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[IterationTime(100)]
public class WriteBenchmarks
{
    private Visitor _visitor = null!;
    private Dictionary<string, object> _dictionary = null!;
    private Session _session = null!;
    private VisitSession _shape = null!;
    private DistributedSession _former = null!;
    private int _number;

    [Params(1, 200)]
    public int OtherKeys { get; set; }

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

    [Benchmark(Baseline = true), BenchmarkCategory("set")]
    public void SetInDictionary() => _dictionary["Visits"] = ++_number;

    [Benchmark, BenchmarkCategory("set")]
    public void SetInSession() => _session.Set(VisitSession.Keys.Visits, ++_number);

    [Benchmark, BenchmarkCategory("set")]
    public void SetInShape() => _shape.Visits = ++_number;

    [Benchmark, BenchmarkCategory("set")]
    public void SetInFormerSession() => _former.SetInt32("Visits", ++_number);

    [Benchmark(Baseline = true), BenchmarkCategory("set and pop")]
    public int PopFromDictionary()
    {
        _dictionary["Visits"] = ++_number;
        return _dictionary.Remove("Visits", out var value) ? (int)value : 0;
    }

    [Benchmark, BenchmarkCategory("set and pop")]
    public int PopFromSession()
    {
        _session.Set(VisitSession.Keys.Visits, ++_number);
        return _session.Pop(VisitSession.Keys.Visits);
    }

    [Benchmark, BenchmarkCategory("set and pop")]
    public int PopFromShape()
    {
        _shape.Visits = ++_number;
        return _shape.PopVisits();
    }

    [Benchmark, BenchmarkCategory("set and pop")]
    public int PopFromFormerSession()
    {
        _former.SetInt32("Visits", ++_number);
        var value = _former.GetInt32("Visits") ?? 0;
        _former.Remove("Visits");
        return value;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("remove and set default")]
    public int DefaultInDictionary()
    {
        _dictionary.Remove("Visits");
        _dictionary.TryAdd("Visits", ++_number);
        return (int)_dictionary["Visits"];
    }

    [Benchmark, BenchmarkCategory("remove and set default")]
    public int DefaultInSession()
    {
        _session.Remove(VisitSession.Keys.Visits);
        return _session.SetDefault(VisitSession.Keys.Visits, ++_number);
    }

    [Benchmark, BenchmarkCategory("remove and set default")]
    public int DefaultInShape()
    {
        _shape.RemoveVisits();
        return _shape.SetDefaultVisits(++_number);
    }

    [Benchmark, BenchmarkCategory("remove and set default")]
    public int DefaultInFormerSession()
    {
        _former.Remove("Visits");
        if (_former.GetInt32("Visits") is { } value)
            return value;
        _former.SetInt32("Visits", ++_number);
        return _number;
    }
}
