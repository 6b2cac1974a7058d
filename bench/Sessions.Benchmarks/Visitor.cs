using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Benchmarks;

/// <summary>
/// One visitor's data as each contender keeps them: a number, an object, and as many other keys as asked for. Add a contender here, and
/// a method to the benchmarks it takes part in.
/// </summary>
internal sealed class Visitor : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddTypedSessions().Services.BuildServiceProvider();
    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));
    private readonly SessionManager _manager;
    private SessionId _id;

    private Visitor() => _manager = _services.GetRequiredService<SessionManager>();

    /// <summary>The limit of a store: sessions that are dictionaries in this process.</summary>
    public ConcurrentDictionary<string, Dictionary<string, object>> Dictionaries { get; } = new();

    /// <param name="otherKeys">How many keys there are beside the two that are read and written.</param>
    /// <param name="kilobytes">What their values take together.</param>
    public static async Task<Visitor> CreateAsync(int otherKeys, int kilobytes = 1)
    {
        var visitor = new Visitor();
        var session = visitor._manager.Create();
        var former = visitor.NewFormer();
        Dictionary<string, object> dictionary = [];
        for (var i = 0; i < otherKeys; i++)
        {
            var text = new string('x', kilobytes * 1024 / otherKeys);
            session.Set($"other{i}", text);
            former.SetString($"other{i}", text);
            dictionary[$"other{i}"] = text;
        }

        session.Set(VisitSession.Keys.Visits, 7);
        former.SetInt32("Visits", 7);
        dictionary["Visits"] = 7;
        session.Set(VisitSession.Keys.Basket, Basket.Sample());
        former.SetString("Basket", JsonSerializer.Serialize(Basket.Sample()));
        dictionary["Basket"] = Basket.Sample();

        await session.SaveAsync();
        await former.CommitAsync();
        visitor._id = session.Id!.Value;
        visitor.Dictionaries["id"] = dictionary;
        return visitor;
    }

    public ValueTask<Session?> OpenAsync() => _manager.OpenAsync(_id);

    public async ValueTask<DistributedSession> OpenFormerAsync()
    {
        var former = NewFormer();
        await former.LoadAsync();
        return former;
    }

    public void Dispose() => _services.Dispose();

    private DistributedSession NewFormer() =>
        new(_cache, "id", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1), static () => true, NullLoggerFactory.Instance, isNewSessionKey: true);
}
