namespace Sessions.Load;

/// <summary>A promise, and what came of it.</summary>
/// <param name="Promise">In words.</param>
/// <param name="Measured">The figure; null where nothing was measured.</param>
/// <param name="IsKept">Whether the figure is what was promised.</param>
internal sealed record Target(string Promise, double? Measured, Func<double, bool> IsKept)
{
    private const string Memory = "Sessions, memory";
    private const string Redis = "Sessions, Redis";
    private const string None = "no session";

    public static IReadOnlyList<Target> Of(Results results) =>
    [
        AtLeast(0.98, "untouched request, of no session", results.Ratio(Memory, None, Work.Untouched.Name)),
        AtMost(200, "untouched request, more bytes than no session", results.Bytes(Memory, Work.Untouched.Name) - results.Bytes(None, Work.Untouched.Name)),
        AtMost(0, "untouched request, store calls", results.StoreCalls.TryGetValue((Memory, Work.Untouched.Name), out var calls) ? calls : null),
        AtLeast(0.95, "memory: read, of a dictionary", results.Ratio(Memory, "dictionary", Work.Read.Name)),
        AtLeast(0.95, "memory: write, of a dictionary", results.Ratio(Memory, "dictionary", Work.Write.Name)),
        AtLeast(1.4, "memory: read, of AddSession", results.Ratio(Memory, "AddSession, memory", Work.Read.Name)),
        AtLeast(1.4, "memory: write, of AddSession", results.Ratio(Memory, "AddSession, memory", Work.Write.Name)),
        AtMost(1, "memory: read, bytes of AddSession", results.Bytes(Memory, Work.Read.Name) / results.Bytes("AddSession, memory", Work.Read.Name)),
        AtMost(1, "memory: write, bytes of AddSession", results.Bytes(Memory, Work.Write.Name) / results.Bytes("AddSession, memory", Work.Write.Name)),
        AtLeast(0.95, "Redis: read, of StackExchange.Redis", results.Ratio(Redis, "StackExchange.Redis", Work.Read.Name)),
        AtLeast(0.90, "Redis: write, of StackExchange.Redis", results.Ratio(Redis, "StackExchange.Redis", Work.Write.Name)),
        AtLeast(1.3, "Redis: read, of AddSession", results.Ratio(Redis, "AddSession, Redis", Work.Read.Name)),
        AtLeast(1.3, "Redis: write, of AddSession", results.Ratio(Redis, "AddSession, Redis", Work.Write.Name)),
        .. new[] { DatabaseKind.Sqlite, DatabaseKind.Postgres }.SelectMany(kind => new[] { Work.Read, Work.Write }.Select(work => AtLeast(
            0.90, $"{kind}: {work.Name}, of EF Core", results.Ratio($"Sessions, {kind}", BareEntityFramework.NameOf(kind), work.Name)))),
        AtLeast(1 / 1.2, "memory: a small key of 100 KB, of the same of 1 KB", results.Ratio((Memory, Work.SmallOfLarge.Name), (Memory, Work.Small.Name))),
        AtMost(1.05, "start to first answer, of no session", Results.Median(results.Starts.GetValueOrDefault(Memory, [])) / Results.Median(results.Starts.GetValueOrDefault(None, []))),
    ];

    private static Target AtLeast(double bound, string promise, double? measured) => new($"{promise}: at least {bound:0.##}", measured, value => value >= bound);

    private static Target AtMost(double bound, string promise, double? measured) => new($"{promise}: at most {bound:0.##}", measured, value => value <= bound);
}
