namespace Sessions.Capacity;

/// <summary>What one small key costs, by what is beside it in the session.</summary>
internal sealed class OneKeyMeasurement : Measurement
{
    private const string Key = "small";
    private const int Sessions = 100;
    private const int Rounds = 7;

    private readonly string _title;
    private readonly string _note;
    private readonly string _caseHead;
    private readonly (string Name, Action<Session> Fill)[] _cases;

    private OneKeyMeasurement(string title, string note, string caseHead, IEnumerable<(string Name, Action<Session> Fill)> cases) =>
        (_title, _note, _caseHead, _cases) = (title, note, caseHead, [.. cases]);

    public static OneKeyMeasurement Keys { get; } = new(
        "Number of keys",
        "One key is read, or written, of a session that has as many, of about 20 bytes each.",
        "keys",
        new[] { 1, 10, 100, 1000 }.Select(static count => (Format.Count(count), new Action<Session>(session =>
        {
            for (var i = 1; i < count; i++)
                session.Set($"k{i:d3}", "thirteen bytes");
        }))));

    public static OneKeyMeasurement Bytes { get; } = new(
        "Bytes beside a small key",
        "One small key is read, or written, of a session that has a large value beside it.",
        "large value",
        new[] { 1, 10, 100 }.Select(static kilobytes => ($"{kilobytes} KB", new Action<Session>(session => session.Set("large", new string('x', kilobytes * 1000))))));

    public override async Task<IReadOnlyList<Row>> MeasureAsync(string store, string name, Application application, Scale scale)
    {
        var operations = new List<Operation>();
        foreach (var (caseName, fill) in _cases)
        {
            var ids = new SessionIds(Sessions);
            for (var i = 0; i < Sessions; i++)
            {
                ids[i] = await application.CreateAsync(session =>
                {
                    fill(session);
                    session.Set(Key, i);
                });
            }

            Add(store, caseName, () => application.OpenAsync(ids.Any()));
            if (application.Store.LoadsParts)
                Add($"{store}, partial load", caseName, () => application.OpenPartAsync(ids.Any(), Key));
        }

        // In turns, so that what else the machine does meets all of them.
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var operation in operations)
                await operation.MeasureAsync(scale.Time(0.2));
        }

        foreach (var operation in operations)
            await operation.CountAsync(application.Store);
        return [.. operations.GroupBy(static operation => (operation.Store, operation.Case))
            .OrderBy(static group => group.Key.Store, StringComparer.Ordinal)
            .Select(static group => new Row(group.Key.Store, group.Key.Case, group.SelectMany(static operation => operation.Figures()).ToDictionary()))];

        void Add(string variant, string caseName, Func<Task<Session>> open)
        {
            operations.Add(new Operation(variant, caseName, "read", async _ => (await open()).Get<int>(Key)));
            operations.Add(new Operation(variant, caseName, "write", async number =>
            {
                var session = await open();
                session.Set(Key, number);
                await session.SaveAsync();
            }));
        }
    }

    public override IEnumerable<Table> Tables(IReadOnlyList<Row> rows) =>
    [
        new Table(
            _title,
            $"{_note} One worker; the median of {Rounds} rounds' medians, in turns. A write opens the session too. Allocated: in the application. Sent and received: between the "
            + "application and Redis. In brackets: the ratio to the store's first row.",
            _caseHead,
            [
                new("read", "read", Format.Time, HasRatio: true),
                new("allocated", "read allocated", Format.Bytes),
                new("sent", "read sent", Format.Bytes),
                new("received", "read received", Format.Bytes),
                new("write", "write", Format.Time, HasRatio: true),
                new("allocated", "write allocated", Format.Bytes),
                new("sent", "write sent", Format.Bytes),
                new("received", "write received", Format.Bytes),
            ],
            rows),
    ];

    private sealed class Operation(string store, string caseName, string name, Func<int, Task> act)
    {
        private readonly List<double> _medians = [];
        private readonly Dictionary<string, double> _figures = [];

        public string Store => store;

        public string Case => caseName;

        public async Task MeasureAsync(TimeSpan time) => _medians.Add((await ClosedLoop.RunAsync(workers: 1, time, (_, number) => act(number))).Percentile(0.5));

        public async Task CountAsync(CapacityStore measured)
        {
            var (traffic, allocated) = (await measured.TrafficAsync(), GC.GetTotalAllocatedBytes(precise: true));
            var count = traffic is null ? 100 : 1000;   // to ask for the traffic is traffic too
            for (var i = 0; i < count; i++)
                await act(i);
            _figures[$"{name} allocated"] = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / count;
            if (traffic is { } before && await measured.TrafficAsync() is { } after)
            {
                _figures[$"{name} sent"] = (double)(after.Sent - before.Sent) / count;
                _figures[$"{name} received"] = (double)(after.Received - before.Received) / count;
            }
        }

        public IEnumerable<KeyValuePair<string, double>> Figures() => [.. _figures, new(name, _medians.Order().ElementAt(_medians.Count / 2))];
    }
}
