namespace Sessions.Capacity;

/// <summary>What more sessions than were measured need: arithmetic on the largest size of each store.</summary>
internal static class Projection
{
    private const double SecondsBetweenRequests = 600;
    private const double ShareOfWrites = 0.1;

    public static Table Of(IReadOnlyList<Row> growth) => new(
        "Beyond",
        $"Arithmetic on the largest size above. Memory or disk for N sessions: N × bytes each, with no replica and no room to spare. A core: what one does "
        + $"of the application's and the server's work. Cores: for one request each {SecondsBetweenRequests / 60} minutes of every session, {ShareOfWrites:P0} of them writes.",
        "measured at",
        [
            new("10 million", "10m bytes", Format.Bytes),
            new("100 million", "100m bytes", Format.Bytes),
            new("reads/s a core", "reads", Format.Count),
            new("writes/s a core", "writes", Format.Count),
            new("cores, 10 million", "10m cores", Format.Count),
            new("cores, 100 million", "100m cores", Format.Count),
        ],
        [.. growth.GroupBy(static row => row.Store).Select(static rows => Of(rows.Last()))]);

    private static Row Of(Row row)
    {
        const double Second = 1e6;   // in microseconds
        var (reads, writes) = (Second / row.Figures[$"{GrowthMeasurement.Reads} core"], Second / row.Figures[$"{GrowthMeasurement.Writes} core"]);
        var cores = ((1 - ShareOfWrites) / reads + ShareOfWrites / writes) / SecondsBetweenRequests;
        return new(row.Store, row.Case, new Dictionary<string, double>
        {
            ["10m bytes"] = 1e7 * row.Figures[GrowthMeasurement.Bytes],
            ["100m bytes"] = 1e8 * row.Figures[GrowthMeasurement.Bytes],
            ["reads"] = reads,
            ["writes"] = writes,
            ["10m cores"] = 1e7 * cores,
            ["100m cores"] = 1e8 * cores,
        });
    }
}
