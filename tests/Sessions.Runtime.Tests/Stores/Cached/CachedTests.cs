using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests;

/// <summary>A database, a cache, and two processes on them.</summary>
public abstract class CachedTests : IDisposable
{
    private protected CachedTests()
    {
        Rows = new MemorySessionStore(Options.Create(new MemorySessionStoreOptions()), Time, NullLogger<MemorySessionStore>.Instance);
        Database = new CountingStore(Rows);
        Server = new TestCacheServer(Time);
        A = NewProcess();
        B = NewProcess();
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    private protected MemorySessionStore Rows { get; }

    private protected CountingStore Database { get; }

    private protected TestCacheServer Server { get; }

    private protected CachedProcess A { get; }

    private protected CachedProcess B { get; }

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
    }

    private protected CachedProcess NewProcess() => new(Database, Server, Time);

    private protected static string NewId() => SessionId.New().Digest();

    private protected static string Entry(string id) => $"Sessions.Cached:r:{id}";

    private protected static string Marker(string id) => $"Sessions.Cached:d:{id}";

    private protected SessionDelta Change(SessionRecord? from, params string[] keys) => new()
    {
        Base = from,
        Set = [.. keys.Select(key => KeyValuePair.Create<string, ReadOnlyMemory<byte>>(key, Encoding.UTF8.GetBytes("1")))],
        Now = Time.GetUtcNow(),
        Lifetime = new SessionLifetime(TimeSpan.FromDays(14), null),
    };

    /// <summary>A session that the cache has.</summary>
    private protected async Task<(string Id, SessionRecord Record)> StoreAsync()
    {
        var (id, record) = (NewId(), Change(null, "user").Apply(null));
        Assert.True(await A.Store.CreateAsync(id, record, Cancel));
        Assert.NotNull(Server.Get(Entry(id)));
        return (id, record);
    }

    private protected static int Count(SessionRecord? record) => SessionPayload.ParseOrEmpty(record?.Payload ?? default).Count;

    /// <summary>Whether a read was answered by the cache alone.</summary>
    private protected async Task<bool> IsServedByCacheAsync(CachedProcess process, string id)
    {
        var loads = Database.Loads;
        Assert.NotNull(await process.LoadAsync(id));
        return Database.Loads == loads;
    }

    /// <summary>Lets time pass until the process has noticed that the cache is back.</summary>
    private protected async Task RecoverAsync(CachedProcess process)
    {
        process.Cache.Before = _ => Task.CompletedTask;
        for (var second = 0; second < 200 && !process.Logged.Contains(LogLevel.Information); second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20, Cancel);
        }

        Assert.Equal([LogLevel.Warning, LogLevel.Information], process.Logged);
    }

    private protected static Gate HoldNextPut(CachedProcess process)
    {
        var gate = new Gate(1);
        var puts = 0;
        process.Cache.Before = call => call == "Set r" && Interlocked.Increment(ref puts) == 1 ? gate.PassAsync() : Task.CompletedTask;
        return gate;
    }

    private protected static void Fail(CachedProcess process) => process.Cache.Before = _ => throw new IOException("The cache is down.");
}
