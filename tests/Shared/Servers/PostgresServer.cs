using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sessions.Tests;

/// <summary>A private PostgreSQL in a temporary directory, on a port of its own that it keeps when it is restarted.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly string _binaries = FindBinaries();
    private readonly string _directory = Directory.CreateTempSubdirectory("postgres-").FullName;
    private readonly bool _isDurable;
    private int _port;
    private int _databases;

    private PostgresServer(bool isDurable) => _isDurable = isDurable;

    private string Data => Path.Combine(_directory, "data");

    /// <param name="isDurable">Whether what is committed survives a crash; without it, tests do not wait for the disk.</param>
    public static async Task<PostgresServer> StartNewAsync(bool isDurable = false)
    {
        var server = new PostgresServer(isDurable);
        try
        {
            if (Environment.IsPrivilegedProcess)
                await server.RunAsync("chown", "postgres", server._directory);
            await server.RunAsServerAsync("initdb", "-D", server.Data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
            for (var attempt = 1; ; attempt++)
            {
                server._port = FreePort();
                try
                {
                    await server.StartAsync();
                    return server;
                }
                catch (InvalidOperationException) when (attempt < StartAttempts)
                {
                    // Somebody else took the port meanwhile.
                }
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task StartAsync()
    {
        var sync = _isDurable ? "on" : "off";
        var options = $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} -c fsync={sync} -c synchronous_commit={sync}";
        return RunAsServerAsync("pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_directory, "log"), "-o", options);
    }

    /// <summary>Ends connections and shuts down in order.</summary>
    public Task StopAsync() => RunAsServerAsync("pg_ctl", "stop", "-w", "-D", Data, "-m", "fast");

    /// <summary>Kills every process of the server at once.</summary>
    public async Task KillAsync()
    {
        var pid = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        using var postmaster = Process.GetProcessById(int.Parse(pid, CultureInfo.InvariantCulture));
        postmaster.Kill(entireProcessTree: true);
        await postmaster.WaitForExitAsync();
    }

    /// <summary>Makes an empty database and gives the connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsServerAsync("createdb", "-h", "127.0.0.1", "-p", $"{_port}", "-U", "postgres", name);
        return $"Host=127.0.0.1;Port={_port};Username=postgres;Database={name}";
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsServerAsync("pg_ctl", "stop", "-w", "-D", Data, "-m", "immediate");
        }
        catch (InvalidOperationException)
        {
            // It is not running.
        }

        Directory.Delete(_directory, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private Task RunAsServerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {string.Concat(output)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindBinaries()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending().Select(version => Path.Combine(version, "bin")) : [];
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return versions.Concat(paths).FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb"))) ?? throw new InvalidOperationException(
            "PostgreSQL cannot be started, for there is no initdb: install it (Debian, Ubuntu: apt-get install postgresql).");
    }
}
