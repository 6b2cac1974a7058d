namespace Sessions.Capacity;

/// <summary>What the program was asked to do.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Stores, IReadOnlyList<string> Measurements, string Output, Scale Scale, IReadOnlyList<string> Child)
{
    /// <summary>Precedes the measurement, store and case that a process of its own measures.</summary>
    public const string ChildOption = "--child";

    public const string QuickOption = "--quick";

    private static readonly string Usage =
        $"Capacity [{QuickOption}] [--only NAME,...] [--output DIRECTORY]\n"
        + $"  stores: {string.Join(", ", CapacityStore.All.Keys)}\n"
        + $"  measurements: {string.Join(", ", Measurement.All.Keys)}";

    public static CommandLine Parse(string[] arguments)
    {
        var (isQuick, output) = (false, Path.Combine("artifacts", "bench"));
        string[] only = [], child = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case QuickOption:
                    isQuick = true;
                    break;
                case "--only" when i + 1 < arguments.Length:
                    only = arguments[++i].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    break;
                case "--output" when i + 1 < arguments.Length:
                    output = arguments[++i];
                    break;
                case ChildOption when i + 3 < arguments.Length:
                    child = arguments[(i + 1)..(i + 4)];
                    i += 3;
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is not understood.\n{Usage}");
            }
        }

        if (only.Except([.. CapacityStore.All.Keys, .. Measurement.All.Keys]).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is no store or measurement '{unknown}'.\n{Usage}");
        return new CommandLine(Chosen(CapacityStore.All.Keys), Chosen(Measurement.All.Keys), output, new Scale(isQuick), child);

        string[] Chosen(IEnumerable<string> all) => all.Intersect(only).ToArray() is { Length: > 0 } chosen ? chosen : [.. all];
    }
}
