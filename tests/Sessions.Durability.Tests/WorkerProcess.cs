using System.Diagnostics;
using System.Reflection;

namespace Sessions.Tests;

/// <summary>Another process on the same store.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly string Path = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "StoreWorkerPath").Value!;

    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    public static WorkerProcess Start(params string[] arguments) => new(Process.Start(new ProcessStartInfo("dotnet", [Path, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!);

    public static async Task<WorkerProcess> StartWriterAsync(TestStore store)
    {
        var writer = Start(store.Kind, store.Place, "write");
        Assert.Equal("ready", await writer.ReadAsync());
        return writer;
    }

    public async Task<string?> ReadAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets a writer set keys of one session, and gives how that went for each.</summary>
    public async Task<string[]> WriteAsync(SessionId id, params string[] keys)
    {
        await _process.StandardInput.WriteLineAsync($"{id.Secret} {string.Join(' ', keys)}");
        await _process.StandardInput.FlushAsync();
        return (await ReadAsync() ?? throw new InvalidOperationException("The worker ended.")).Split(' ');
    }

    /// <summary>Kills the process at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
