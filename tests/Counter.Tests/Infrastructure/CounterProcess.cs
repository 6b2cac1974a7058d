using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Counter.Tests.Infrastructure;

/// <summary>A running native application, on a free port.</summary>
public sealed partial class CounterProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CounterProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The sample ended before it listened.\n{Log}"));
    }

    public Uri Address { get; private set; } = null!;

    private string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static async Task<CounterProcess> StartAsync(string application, string? redis)
    {
        var start = new ProcessStartInfo(application)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        if (redis is not null)
            start.Environment["ConnectionStrings__Redis"] = redis;
        var process = new CounterProcess(start);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        try
        {
            process.Address = await process._listening.Task.WaitAsync(StartLimit);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        lock (_log)
            _log.AppendLine(line);
        if (line is not null && NowListening().Match(line) is { Success: true } match)
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex NowListening();
}
