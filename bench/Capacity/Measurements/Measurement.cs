namespace Sessions.Capacity;

/// <summary>Something that is measured of every store.</summary>
internal abstract class Measurement
{
    /// <summary>By the names that the command line knows.</summary>
    public static IReadOnlyDictionary<string, Measurement> All { get; } = new Dictionary<string, Measurement>
    {
        ["growth"] = new GrowthMeasurement(),
        ["keys"] = OneKeyMeasurement.Keys,
        ["bytes"] = OneKeyMeasurement.Bytes,
        ["concurrency"] = new ConcurrencyMeasurement(),
    };

    /// <summary>What is measured of a store in a process of its own each.</summary>
    public virtual IEnumerable<string> Cases(string store, Scale scale) => [""];

    public abstract Task<IReadOnlyList<Row>> MeasureAsync(string store, string name, Application application, Scale scale);

    public abstract IEnumerable<Table> Tables(IReadOnlyList<Row> rows);
}
