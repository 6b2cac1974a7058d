using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>Most of a large table has expired; it is cleared while sessions are saved.</summary>
public abstract class ClearingAtScaleTests(TestDatabase database, string seed)
{
    private const int SampledBatches = 50;
    private const long MaxGrowth = 16 << 20;
    private static readonly int Expired = TestScale.Of(1_000_000);
    private static readonly int Live = TestScale.Of(200_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exactly_what_has_expired_goes_while_others_save()
    {
        await SeedAsync();
        var services = new ServiceCollection();
        services.AddDbContextPool<ShopContext>(database.Configure);
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        await using var provider = services.BuildServiceProvider();
        var manager = provider.GetRequiredService<SessionManager>();
        var sessions = await CreateSessionsAsync(manager);
        using var cleared = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(sessions, cleared.Token), Cancel);

        var heap = new Heap();
        var start = Stopwatch.GetTimestamp();
        var removed = await manager.ClearExpiredAsync(heap, Cancel);
        var elapsed = Stopwatch.GetElapsedTime(start);
        await cleared.CancelAsync();
        var latencies = await writing;

        Report($"cleared {removed} rows in {elapsed.TotalSeconds:f1} s, {removed / elapsed.TotalSeconds:f0} rows/s");
        Report($"writer: {latencies.Count} saves, p50 {At(latencies, 0.5):f1} ms, p99 {At(latencies, 0.99):f1} ms, max {At(latencies, 1):f1} ms");
        Report($"live heap: {heap.Before >> 10} KiB before, {heap.Peak >> 10} KiB at most, {heap.Now >> 10} KiB after");
        Assert.Equal(Expired, removed);
        Assert.InRange(heap.Peak - heap.Before, long.MinValue, MaxGrowth);
        await using var context = database.NewContext();
        Assert.Equal(Live + sessions.Count, await context.Sessions.CountAsync(row => row.ExpiresAt > DateTime.UtcNow, Cancel));
        Assert.Equal(Live + sessions.Count, await context.Sessions.CountAsync(Cancel));
        foreach (var session in sessions)
            Assert.Equal(session.Get<int>("count"), (await manager.OpenAsync(session.Id!.Value, Cancel))!.Get<int>("count"));
    }

    private async Task SeedAsync()
    {
        await database.CreateAsync();
        await using var context = database.NewContext();
        context.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await context.Database.ExecuteSqlRawAsync(seed, [Expired + Live, Expired], Cancel);
    }

    private static async Task<List<Session>> CreateSessionsAsync(SessionManager manager)
    {
        var sessions = new List<Session>();
        for (var i = 0; i < 10; i++)
        {
            var session = manager.Create();
            session.Set("text", new string('x', 200));
            await session.SaveAsync(Cancel);
            sessions.Add(session);
        }

        return sessions;
    }

    private static async Task<List<double>> WriteAsync(List<Session> sessions, CancellationToken cleared)
    {
        var latencies = new List<double>();
        for (var count = 1; !cleared.IsCancellationRequested; count++)
        {
            var session = sessions[count % sessions.Count];
            session.Set("count", count);
            var start = Stopwatch.GetTimestamp();
            await session.SaveAsync(Cancel);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        latencies.Sort();
        return latencies;
    }

    private static double At(List<double> sorted, double part) => sorted[(int)((sorted.Count - 1) * part)];

    private static void Report(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Measures what is alive, now and then.</summary>
    private sealed class Heap : IProgress<long>
    {
        private int _batches;

        public long Before { get; } = GC.GetTotalMemory(forceFullCollection: true);

        public long Peak { get; private set; }

        public long Now { get; private set; }

        public void Report(long value)
        {
            if (_batches++ % SampledBatches == 0 || value == Expired)
                Peak = Math.Max(Peak, Now = GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
