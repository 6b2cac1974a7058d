using System.Diagnostics;
using System.Reflection;

namespace Counter.Tests.Infrastructure;

/// <summary>The sample, published once as a native application and started with its sessions in memory.</summary>
public sealed class PublishedCounter : IAsyncLifetime
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("counter-");
    private CounterProcess? _process;   // null until it is published

    /// <summary>Everything that the publication wrote.</summary>
    public string Log { get; private set; } = "";

    public TimeSpan Duration { get; private set; }

    public FileInfo Application => new(Path.Combine(_directory.FullName, "publish", OperatingSystem.IsWindows() ? "Counter.exe" : "Counter"));

    public async ValueTask InitializeAsync()
    {
        var watch = Stopwatch.StartNew();
        await PublishAsync();
        Duration = watch.Elapsed;
        _process = await StartAsync();
    }

    public Visitor NewVisitor() => new(_process!.Address);

    /// <summary>Another process of the application.</summary>
    /// <param name="redis">Where it keeps the sessions; null: in memory.</param>
    public Task<CounterProcess> StartAsync(string? redis = null) => CounterProcess.StartAsync(Application.FullName, redis);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    // All that it builds goes to a directory of its own: other tests use what the solution has built meanwhile.
    private async Task PublishAsync()
    {
        var project = typeof(PublishedCounter).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "CounterProject").Value!;
        using var publish = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            "publish", project, "--configuration", "Release", "--use-current-runtime", "--nologo", "--disable-build-servers", "-nodeReuse:false",
            "--artifacts-path", Path.Combine(_directory.FullName, "artifacts"), "--output", Application.DirectoryName!,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(PublishLimit);
        var errors = publish.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            Log = await publish.StandardOutput.ReadToEndAsync(limit.Token) + await errors;
            await publish.WaitForExitAsync(limit.Token);
        }
        finally
        {
            publish.Kill(entireProcessTree: true);
        }

        Assert.True(publish.ExitCode == 0, $"The sample cannot be published; it needs a C compiler and zlib (Debian, Ubuntu: apt-get install clang zlib1g-dev).\n{Log}");
    }
}
