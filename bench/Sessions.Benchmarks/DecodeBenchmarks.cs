using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;

namespace Sessions.Benchmarks;

/// <summary>The first read of an object: each of the twenty that a session holds, once, and a twentieth of its load.</summary>
[MemoryDiagnoser]
[IterationTime(100)]
public class DecodeBenchmarks
{
    private const int Objects = 20;

    private static readonly string[] Names = [.. Enumerable.Range(0, Objects).Select(i => $"basket{i}")];
    private static readonly SessionKey<Basket>[] Keys = [.. Names.Select(name => new SessionKey<Basket>(name))];

    private Visitor _visitor = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _visitor = await Visitor.CreateAsync(otherKeys: 1);
        var session = (await _visitor.OpenAsync())!;
        var former = await _visitor.OpenFormerAsync();
        foreach (var name in Names)
        {
            session.Set(name, Basket.Sample());
            former.SetString(name, JsonSerializer.Serialize(Basket.Sample()));
        }

        await session.SaveAsync();
        await former.CommitAsync();
    }

    [GlobalCleanup]
    public void Cleanup() => _visitor.Dispose();

    [Benchmark(OperationsPerInvoke = Objects)]
    public async Task<int> Session() => Lines((await _visitor.OpenAsync())!);

    [Benchmark(OperationsPerInvoke = Objects)]
    public async Task<int> FormerSession() => Lines(await _visitor.OpenFormerAsync());

    private static int Lines(Session session)
    {
        var lines = 0;
        foreach (var key in Keys)
            lines += session.Get(key).Lines.Count;
        return lines;
    }

    private static int Lines(DistributedSession session)
    {
        var lines = 0;
        foreach (var name in Names)
            lines += JsonSerializer.Deserialize<Basket>(session.GetString(name)!)!.Lines.Count;
        return lines;
    }
}
