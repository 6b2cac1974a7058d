using System.Diagnostics;
using System.Globalization;

namespace Sessions.Load;

/// <summary>wrk, with one thread.</summary>
internal sealed class WrkDriver(int connections) : IDriver
{
    public string Name => $"wrk, {connections} connections";

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "wrk")));

    public async Task<Drive> DriveAsync(Uri address, IReadOnlyList<string> cookies, double seconds)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, cookies);
            using var wrk = Process.Start(new ProcessStartInfo("wrk",
            [
                "-t1", $"-c{connections}", $"-d{Math.Max(1, (int)Math.Round(seconds))}s", "-s", Path.Combine(AppContext.BaseDirectory, "Driving", "wrk.lua"), $"{address}", "--", file,
            ]) { RedirectStandardOutput = true })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("result ", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"wrk says: {output}");
            var numbers = line.Split(' ').Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return new Drive(numbers[0], numbers[1] / 1e6, numbers[2], numbers[3] / 1e3, numbers[4] / 1e3);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
