using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Benchmarks;

/// <summary>Reading a value that this request has read before.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ReadBenchmarks
{
    private static readonly SessionKey<int> Visits = new("visits", defaultValue: 0);
    private static readonly SessionKey<Basket> Lines = new("basket");

    private readonly Dictionary<string, object> _dictionary = [];
    private ServiceProvider _services = null!;
    private Session _session = null!;
    private DistributedSession _former = null!;

    [Params(1, 20, 200)]
    public int OtherKeys { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _services = new ServiceCollection().AddTypedSessions().Services.BuildServiceProvider();
        var manager = _services.GetRequiredService<SessionManager>();
        var written = manager.Create();
        _former = new DistributedSession(
            new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())),
            "key", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), static () => true, NullLoggerFactory.Instance, isNewSessionKey: true);
        for (var i = 0; i < OtherKeys; i++)
        {
            written.Set($"other{i}", i);
            _former.SetInt32($"other{i}", i);
            _dictionary[$"other{i}"] = i;
        }

        written.Set(Visits, 7);
        written.Set(Lines, Basket.Sample());
        _former.SetInt32("visits", 7);
        _former.SetString("basket", JsonSerializer.Serialize(Basket.Sample()));
        _dictionary["visits"] = 7;
        _dictionary["basket"] = Basket.Sample();
        await written.SaveAsync();
        _session = (await manager.OpenAsync(written.Id!.Value))!;
    }

    [GlobalCleanup]
    public void Cleanup() => _services.Dispose();

    [Benchmark(Baseline = true), BenchmarkCategory("number")]
    public int NumberInDictionary() => (int)_dictionary["visits"];

    [Benchmark, BenchmarkCategory("number")]
    public int NumberInSession() => _session.Get(Visits);

    [Benchmark, BenchmarkCategory("number")]
    public int? NumberInFormerSession() => _former.GetInt32("visits");

    [Benchmark(Baseline = true), BenchmarkCategory("object")]
    public Basket ObjectInDictionary() => (Basket)_dictionary["basket"];

    [Benchmark, BenchmarkCategory("object")]
    public Basket? ObjectInSession() => _session.Get(Lines);

    [Benchmark, BenchmarkCategory("object")]
    public Basket? ObjectInFormerSession() => JsonSerializer.Deserialize<Basket>(_former.GetString("basket")!);
}
