using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sessions;

/// <summary>
/// What an application's sessions count, measure and trace. No tag has more than a handful of values, and none tells whose session it is.
/// Where nobody listens, nothing is allocated.
/// </summary>
internal sealed class SessionTelemetry
{
    public const string Name = "Sessions";

    public const string Created = "created";
    public const string Saved = "saved";
    public const string Renewed = "renewed";
    public const string Rotated = "rotated";
    public const string Deleted = "deleted";
    public const string Interrupted = "interrupted";
    public const string Failed = "failed";

    private const string Outcome = "outcome";

    private static readonly ActivitySource Activities = new(Name);

    private readonly TimeProvider _time;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _saves;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _expired;
    private readonly Histogram<long> _payloadSize;
    private readonly Histogram<double> _storeDuration;

    public SessionTelemetry(IMeterFactory meters, TimeProvider time, ISessionStore store)
    {
        _time = time;
#pragma warning disable CA2000 // the factory owns it
        var meter = meters.Create(Name);
#pragma warning restore CA2000
        _loads = meter.CreateCounter<long>("sessions.loads", "{load}", "Sessions that requests asked the store for.");
        _saves = meter.CreateCounter<long>("sessions.saves", "{save}", "Changes to stored sessions, and attempts at them.");
        _conflicts = meter.CreateCounter<long>("sessions.conflicts", "{merge}", "Saves that were merged with what other requests stored meanwhile.");
        _expired = meter.CreateCounter<long>("sessions.expired.removed", "{session}", "Expired sessions that were cleared from the store.");
        _payloadSize = meter.CreateHistogram("sessions.payload.size", "By", "The size of a session's entries as they were saved.", tags: null, new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576],
        });
        _storeDuration = meter.CreateHistogram("sessions.store.duration", "s", "How long the store took to answer a call.", tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
        });
        if (store is MemorySessionStore memory)
            meter.CreateObservableUpDownCounter("sessions.live", memory.CountLive, "{session}", "Live sessions that this process keeps.");
    }

    public void OnLoaded(SessionRecord? record)
    {
        if (_loads.Enabled)
            _loads.Add(1, Tag(Outcome, record switch { null => "missing", { IsRetired: true } => "retired", _ => "found" }));
    }

    /// <param name="outcome">One of the names above.</param>
    public void OnSave(string outcome) => _saves.Add(1, Tag(Outcome, outcome));

    /// <param name="outcome">One of the names above.</param>
    /// <param name="isMerged">Others had saved the session meanwhile.</param>
    /// <param name="size">The bytes of its entries.</param>
    public void OnSaved(string outcome, bool isMerged, int size)
    {
        OnSave(outcome);
        _payloadSize.Record(size);
        if (isMerged)
            _conflicts.Add(1);
    }

    public void OnCleared(long count) => _expired.Add(count);

    /// <summary>Begins to measure and to trace a call to a store; null where nobody listens.</summary>
    public StoreCall? BeginCall(string operation, string store) =>
        _storeDuration.Enabled || Activities.HasListeners() ? new StoreCall(_storeDuration, Activities, _time, operation, store) : null;

    internal static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
