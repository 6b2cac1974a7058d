using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sessions.Capacity;

/// <summary>One measurement of one store, in a process of its own, so that no other is in its memory.</summary>
internal static class Child
{
    private const int LeftOut = 3;   // the exit code of one that misses its server

    /// <summary>In the child: measures, and prints the rows.</summary>
    public static async Task<int> RunAsync(CommandLine line)
    {
        await using var store = CapacityStore.All[line.Child[1]]();
        using var interruption = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;   // not before the server has been stopped
            _ = StopAsync(store);
        });
        try
        {
            await store.StartAsync();
        }
        catch (InvalidOperationException exception)
        {
            await Console.Error.WriteAsync(exception.Message);
            return LeftOut;
        }

        await using var application = await Application.StartAsync(store);
        var rows = await Measurement.All[line.Child[0]].MeasureAsync(line.Child[1], line.Child[2], application, line.Scale);
        Console.WriteLine(JsonSerializer.Serialize(rows));
        return 0;
    }

    private static async Task StopAsync(CapacityStore store)
    {
        await store.DisposeAsync();
        Environment.Exit(1);
    }

    /// <summary>In the parent: the rows; null where the store was left out, with the reason.</summary>
    public static async Task<(IReadOnlyList<Row>? Rows, string? Reason)> MeasureAsync(string measurement, string store, string name, bool isQuick)
    {
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        string[] quick = isQuick ? [CommandLine.QuickOption] : [];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. quick, CommandLine.ChildOption, measurement, store, name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode switch
        {
            0 => (JsonSerializer.Deserialize<Row[]>(output)!, null),
            LeftOut => (null, await errors),
            _ => throw new InvalidOperationException($"{measurement} {store} {name} failed: {await errors}"),
        };
    }
}
