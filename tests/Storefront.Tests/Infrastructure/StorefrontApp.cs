using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Storefront.Tests.Infrastructure;

/// <summary>The built sample as a process of its own, on a free port, in an empty directory where it makes its database.</summary>
public sealed partial class StorefrontApp : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _content = Directory.CreateTempSubdirectory("storefront-");
    private readonly StringBuilder _log = new();
    private Process? _process;   // null while it does not run

    /// <summary>Where it listens; another port after each start.</summary>
    public Uri Address { get; private set; } = null!;

    public StorefrontDatabase Database => new(_content);

    /// <summary>What it has written to its output so far, at the most talkative level there is.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public async ValueTask InitializeAsync() => await StartAsync();

    public Visitor NewVisitor() => new(() => Address);

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _content.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = StartInfo(), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        _process.Exited += (_, _) =>
            listening.TrySetException(new InvalidOperationException($"The sample ended before it listened.\n{Log}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(StartLimit);
    }

    // Not asked to stop, but ended at once, as in a crash: what was answered must have been stored.
    private async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private ProcessStartInfo StartInfo()
    {
        var metadata = typeof(StorefrontApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        var sample = metadata.Single(entry => entry.Key == "StorefrontPath").Value!;
        Assert.True(File.Exists(sample), $"Build samples/Storefront first: there is no {sample}.");
        return new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [sample])
        {
            WorkingDirectory = _content.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Logging__LogLevel__Default"] = "Trace",
                ["HOME"] = _content.FullName,   // the keys of antiforgery tokens are kept below it
            },
        };
    }

    private void Read(string? line, TaskCompletionSource<Uri> listening)
    {
        lock (_log)
            _log.AppendLine(line);
        if (line is not null && NowListening().Match(line) is { Success: true } match)
            listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex NowListening();
}
