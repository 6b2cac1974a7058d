using System.Diagnostics.Metrics;

namespace Sessions.Capacity;

/// <summary>What more requests at once cost, on sessions of their own and on one.</summary>
internal sealed class ConcurrencyMeasurement : Measurement
{
    private const int WorkersOnOne = 16;

    public override async Task<IReadOnlyList<Row>> MeasureAsync(string store, string name, Application application, Scale scale)
    {
        var rows = new List<Row>();
        foreach (var workers in new[] { 1, 4, 16, 64, 256 })
            rows.Add(new Row(store, $"{workers}", await MeasureAsync(application, workers, workers, scale)));
        rows.Add(new Row(store, $"{WorkersOnOne} on one session", await MeasureAsync(application, WorkersOnOne, sessions: 1, scale)));
        return rows;
    }

    public override IEnumerable<Table> Tables(IReadOnlyList<Row> rows) =>
    [
        new Table(
            "Concurrency",
            "Each worker opens a session, sets a key of its own and saves, on a session of its own or all on one. Merged: saves that met another one of the same session. "
            + "Nothing that was saved is lost, which is checked. In brackets: the ratio to one worker.",
            "workers",
            [
                new("writes/s", "rate", Format.Count, HasRatio: true),
                new("p50", "p50", Format.Time),
                new("p99", "p99", Format.Time),
                new("merged", "merged", static share => share.ToString("P1", null)),
                new("failed", "failed", Format.Count),
            ],
            rows),
    ];

    private static async Task<Dictionary<string, double>> MeasureAsync(Application application, int workers, int sessions, Scale scale)
    {
        var ids = new SessionIds(sessions);
        for (var i = 0; i < sessions; i++)
            ids[i] = await application.CreateAsync(session => SampleSession.FillTypical(session, i));

        var merged = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "sessions.conflicts")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref merged, count));
        listener.Start();

        var saved = new int[workers];
        var loop = await ClosedLoop.RunAsync(workers, scale.Time(3), async (worker, number) =>
        {
            var session = await application.OpenAsync(ids[worker % sessions]);
            session.Set(KeyOf(worker), number);
            await session.SaveAsync();
            saved[worker] = number;
        });
        if (loop.Failed == 0)   // a save that was given up may have been done
            await CheckAsync(application, ids, saved);
        return new()
        {
            ["rate"] = loop.Rate,
            ["p50"] = loop.Percentile(0.5),
            ["p99"] = loop.Percentile(0.99),
            ["merged"] = (double)merged / Math.Max(1, loop.Count),
            ["failed"] = loop.Failed,
        };
    }

    private static async Task CheckAsync(Application application, SessionIds ids, int[] saved)
    {
        for (var worker = 0; worker < saved.Length; worker++)
        {
            var stored = (await application.OpenAsync(ids[worker % ids.Count])).Get(KeyOf(worker), 0);
            if (stored != saved[worker])
                throw new InvalidOperationException($"Worker {worker} saved {saved[worker]}, and {stored} is stored.");
        }
    }

    private static string KeyOf(int worker) => $"worker{worker}";
}
