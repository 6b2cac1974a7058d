using System.Text.Json;
using Spectre.Console;

namespace Sessions.Load;

/// <summary>The results as tables on the screen, in Markdown, and as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task WriteAsync(Results results, string directory)
    {
        var tables = new List<(string Title, string[] Columns, List<string[]> Rows)>();
        foreach (var work in results.Works)
        {
            tables.Add((
                work.Name,
                ["contender", "requests/s", "of no session", "of its limit", "p50 ms", "p99 ms", "CPU µs", "bytes", "store calls"],
                [.. results.Contenders.Where(contender => contender.Does(work)).Select(contender => Row(results, contender, work))]));
        }

        tables.Add(("targets", ["promise", "measured", ""], [.. Target.Of(results).Where(target => target.Measured is not null).Select(target =>
            new[] { target.Promise, Number(target.Measured, "0.###"), target.IsKept(target.Measured!.Value) ? "reached" : "MISSED" })]));

        foreach (var (title, columns, rows) in tables)
            Print(title, columns, rows);
        foreach (var missing in results.Missing)
            AnsiConsole.WriteLine($"left out: {missing}");

        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "load.md"), string.Join('\n', tables.Select(Markdown)) + $"\n{About(results)}\n");
        await File.WriteAllTextAsync(Path.Combine(directory, "load.json"), JsonSerializer.Serialize(
            new { results.Driver, results.Rounds, StoreCalls = results.StoreCalls.Select(pair => new { pair.Key.Contender, pair.Key.Work, Calls = pair.Value }), results.Starts, results.Missing },
            Indented));
        AnsiConsole.WriteLine($"{About(results)} Written to {Path.GetFullPath(directory)}: load.md, load.json.");
    }

    private static string About(Results results) =>
        $"{Environment.ProcessorCount} processors, {results.Driver}, medians of {results.Rounds.Select(round => round.Number).Distinct().Count()} rounds; a ratio is the median of the ratios of each round.";

    private static string[] Row(Results results, Contender contender, Work work) =>
    [
        contender.Name,
        Number(results.PerSecond(contender.Name, work.Name), "#,0"),
        Number(results.Ratio(contender.Name, Contender.All[0].Name, work.Name), "0.00"),
        contender.Limit is null ? "" : Number(results.Ratio(contender.Name, contender.Limit, work.Name), "0.00"),
        Number(results.Median(contender.Name, work.Name, round => round.Drive.P50), "0.00"),
        Number(results.Median(contender.Name, work.Name, round => round.Drive.P99), "0.00"),
        Number(results.Median(contender.Name, work.Name, round => round.Usage?.ProcessorSeconds * 1e6 / round.Drive.Requests), "0.0"),
        Number(results.Bytes(contender.Name, work.Name), "#,0"),
        results.StoreCalls.TryGetValue((contender.Name, work.Name), out var calls) ? Number(calls, "0.##") : "",
    ];

    private static void Print(string title, string[] columns, List<string[]> rows)
    {
        var table = new Table { Title = new TableTitle(title) };
        foreach (var (column, index) in columns.Select((column, index) => (column, index)))
            table.AddColumn(column, settings => settings.Alignment(index == 0 ? Justify.Left : Justify.Right));
        foreach (var row in rows)
            table.AddRow(row.Select(Markup.Escape).ToArray());
        AnsiConsole.Write(table);
    }

    private static string Markdown((string Title, string[] Columns, List<string[]> Rows) table) =>
        $"## {table.Title}\n\n| {string.Join(" | ", table.Columns)} |\n| --- |{string.Concat(table.Columns.Skip(1).Select(_ => " ---: |"))}\n"
        + string.Concat(table.Rows.Select(row => $"| {string.Join(" | ", row)} |\n"));

    private static string Number(double? value, string format) => value?.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
