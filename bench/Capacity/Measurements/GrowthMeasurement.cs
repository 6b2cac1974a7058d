using System.Diagnostics;
using System.Globalization;

namespace Sessions.Capacity;

/// <summary>What more live sessions cost: to keep, to read and write one of them, and to clear.</summary>
internal sealed class GrowthMeasurement : Measurement
{
    public const string Bytes = "bytes";
    public const string Reads = "reads";
    public const string Writes = "writes";

    private const string Small = "small";
    private const int Workers = 8;
    private const int ExpiringOf = 10;   // every tenth session

    public override IEnumerable<string> Cases(string store, Scale scale)
    {
        var largest = store is "sqlite" or "files" ? 100_000 : 1_000_000;
        for (var size = 1000; size <= largest; size *= 10)
            yield return scale.Size(size).ToString(CultureInfo.InvariantCulture);
        if (store == "memory")
            yield return $"{scale.Size(largest)} {Small}";
    }

    public override async Task<IReadOnlyList<Row>> MeasureAsync(string store, string name, Application application, Scale scale)
    {
        var size = int.Parse(name.Split(' ')[0], CultureInfo.InvariantCulture);
        var isSmall = name.EndsWith(Small, StringComparison.Ordinal);
        var ids = new SessionIds(size);
        var figures = new Dictionary<string, double>();

        var before = await application.Store.BytesAsync();
        await FillAsync(application, ids, isSmall, store == "memory" ? TimeSpan.MaxValue : scale.Time(8), figures);
        figures[Bytes] = (double)(await application.Store.BytesAsync() - before) / size;
        figures["payload"] = await PayloadAsync(application, ids);
        figures["limit"] = 1.5 * figures["payload"] + 200;
        await UseAsync(application, Reads, scale, figures, async () => (await application.OpenAsync(ids.Any())).Get<int>(SampleSession.Read));
        await UseAsync(application, Writes, scale, figures, async () =>
        {
            var session = await application.OpenAsync(ids.Any());
            SampleSession.Touch(session);
            await session.SaveAsync();
        });
        if (application.Store.Clears)
            await ClearAsync(application, size, figures);
        return [new Row(isSmall ? $"{store}, small" : store, Format.Count(size), figures)];
    }

    public override IEnumerable<Table> Tables(IReadOnlyList<Row> rows)
    {
        yield return new Table(
            "Number of sessions",
            $"A session has five keys and about 500 bytes of payload (small: three and 100). {Workers} workers on sessions drawn at random: a read opens one and reads a "
            + "key of it, a write opens it, sets a key and saves. Outside of memory, sessions are created for eight seconds at most; the rest are copies of them. "
            + "Core: the processor time of one, the application's and the server's together. A tenth has expired when they are cleared (Redis does it by itself). In brackets: the ratio to the store's first row.",
            "sessions",
            [
                new("created/s", "created", Format.Count),
                new("bytes each", Bytes, Format.Bytes, HasRatio: true),
                new("reads/s", Reads, Format.Count, HasRatio: true),
                new("p50", $"{Reads} p50", Format.Time),
                new("p99", $"{Reads} p99", Format.Time),
                new("core", $"{Reads} core", Format.Time, HasRatio: true),
                new("writes/s", Writes, Format.Count, HasRatio: true),
                new("p50", $"{Writes} p50", Format.Time),
                new("p99", $"{Writes} p99", Format.Time),
                new("core", $"{Writes} core", Format.Time, HasRatio: true),
                new("failed", "failed", Format.Count),
                new("cleared/s", "cleared", Format.Count),
            ],
            rows);
        if (rows.Where(static row => row.Store.StartsWith("memory", StringComparison.Ordinal)).ToArray() is { Length: > 0 } memory)
        {
            yield return new Table(
                "Memory",
                "What is alive on the heap after a full collection, less what was before the first session. The limit is 1.5 × the payload plus 200 bytes.",
                "sessions",
                [
                    new("payload", "payload", Format.Bytes),
                    new("bytes each", Bytes, Format.Bytes),
                    new("limit", "limit", Format.Bytes),
                ],
                memory);
        }

        yield return Projection.Of(rows);
    }

    private static async Task FillAsync(Application application, SessionIds ids, bool isSmall, TimeSpan time, Dictionary<string, double> figures)
    {
        Action<Session, int> fill = isSmall ? SampleSession.FillSmall : SampleSession.FillTypical;
        var created = await ClosedLoop.RunAsync(Workers, time, async (_, number) => ids[number] = await application.CreateAsync(session => Fill(session, number)), ids.Count);
        if (created.Failed > 0)
            throw new InvalidOperationException($"{created.Failed} sessions could not be created.");
        figures["created"] = created.Rate;
        if (created.Count < ids.Count)
            await application.Store.CopyAsync(Copies(created.Count));

        void Fill(Session session, int number)
        {
            fill(session, number);
            if (number % ExpiringOf == 0)
                session.SetExpiry(TimeSpan.FromDays(1));
        }

        IEnumerable<Copy> Copies(int first)
        {
            var (expiring, lasting) = (application.RecordId(ids[0]), application.RecordId(ids[1]));
            for (var number = first; number < ids.Count; number++)
            {
                ids[number] = SessionId.New();
                yield return new(number % ExpiringOf == 0 ? expiring : lasting, application.RecordId(ids[number]));
            }
        }
    }

    private static async Task<double> PayloadAsync(Application application, SessionIds ids)
    {
        const int Sample = 100;
        var sum = 0;
        for (var i = 0; i < Sample; i++)
            sum += await application.PayloadBytesAsync(ids.Any());
        return (double)sum / Sample;
    }

    private static async Task UseAsync(
        Application application, string name, Scale scale, Dictionary<string, double> figures, Func<Task> act)
    {
        var (server, own) = (await application.Store.ServerTimeAsync(), Environment.CpuUsage.TotalTime);
        var loop = await ClosedLoop.RunAsync(Workers, scale.Time(3), (_, _) => act());
        var used = Environment.CpuUsage.TotalTime - own + await application.Store.ServerTimeAsync() - server;
        (figures[name], figures[$"{name} p50"], figures[$"{name} p99"]) = (loop.Rate, loop.Percentile(0.5), loop.Percentile(0.99));
        figures[$"{name} core"] = used.TotalMicroseconds / Math.Max(1, loop.Count);
        figures["failed"] = figures.GetValueOrDefault("failed") + loop.Failed;
    }

    private static async Task ClearAsync(Application application, int size, Dictionary<string, double> figures)
    {
        application.Time.Advance(TimeSpan.FromDays(2));
        var start = Stopwatch.GetTimestamp();
        var removed = await application.Manager.ClearExpiredAsync();
        figures["cleared"] = removed / Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (removed != size / ExpiringOf)
            throw new InvalidOperationException($"{removed} sessions were cleared where {size / ExpiringOf} had expired.");
    }
}
