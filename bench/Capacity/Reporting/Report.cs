using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sessions.Capacity;

/// <summary>All that was measured, on the screen and in two files.</summary>
internal sealed class Report(CommandLine line)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly Dictionary<string, List<Row>> _rows = line.Measurements.ToDictionary(static name => name, static _ => new List<Row>());
    private readonly List<string> _leftOut = [];

    public void Add(string measurement, IEnumerable<Row> rows) => _rows[measurement].AddRange(rows);

    public void LeaveOut(string store, string reason) => _leftOut.Add($"{store} is left out: {reason}");

    public async Task WriteAsync()
    {
        var machine = $"{Environment.ProcessorCount} cores, {Format.Bytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}; a flush to the disk takes {Format.Time(FlushTime())}";
        var tables = _rows.Where(static entry => entry.Value.Count > 0).SelectMany(static entry => Measurement.All[entry.Key].Tables(entry.Value));
        var text = $"# Capacity\n\n{machine}.{(line.Scale.IsQuick ? " A quick run: a tenth of the sizes." : "")}\n\n"
            + string.Concat(_leftOut.Select(static note => note + "\n\n"))
            + string.Join('\n', tables);
        Console.WriteLine(text);
        Directory.CreateDirectory(line.Output);
        await File.WriteAllTextAsync(Path.Combine(line.Output, "capacity.md"), text);
        await File.WriteAllTextAsync(
            Path.Combine(line.Output, "capacity.json"),
            JsonSerializer.Serialize(new { Machine = machine, line.Scale.IsQuick, LeftOut = _leftOut, Measurements = _rows }, Json));
    }

    // What bounds the writes of a store that keeps what it has acknowledged; in microseconds, the median.
    private static double FlushTime()
    {
        var times = new List<double>();
        var path = Path.GetTempFileName();
        using (var file = File.OpenHandle(path, access: FileAccess.Write, options: FileOptions.DeleteOnClose))
        {
            for (var i = 0; i < 21; i++)
            {
                var start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, new byte[4096], i * 4096);
                RandomAccess.FlushToDisk(file);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
