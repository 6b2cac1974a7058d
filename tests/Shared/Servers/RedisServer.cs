using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sessions.Tests;

/// <summary>A Redis server of the tests' own, on a free port, with its data in a temporary directory that goes with it.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-redis-").FullName;
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings) => _settings = settings;

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <param name="appendOnly">Whether what was acknowledged survives the death of the server.</param>
    /// <param name="settings">More of redis-server's arguments.</param>
    public static async Task<RedisServer> StartAsync(bool appendOnly = false, params string[] settings)
    {
        var server = new RedisServer([.. appendOnly ? ["--appendonly", "yes", "--appendfsync", "always"] : new[] { "--appendonly", "no" }, .. settings]);
        for (var attempt = 1; ; attempt++)
        {
            server.Port = FreePort();
            if (await server.TryRunAsync())
                return server;
            if (attempt == 5)
                throw new InvalidOperationException("redis-server ended as soon as it was started, on five ports.");
        }
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it again, on the same port and data.</summary>
    public async Task RestartAsync()
    {
        if (!await TryRunAsync())
            throw new InvalidOperationException($"redis-server cannot be started again on port {Port}.");
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What redis-cli answers.</summary>
    public async Task<string> CliAsync(params string[] arguments)
    {
        using var cli = Run("redis-cli", ["-p", $"{Port}", .. arguments]);
        cli.StandardInput.Close();
        var answer = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return cli.ExitCode == 0 ? answer.Trim() : throw new InvalidOperationException($"redis-cli {string.Join(' ', arguments)}: {answer}");
    }

    /// <summary>The commands that clients send while something is done, by MONITOR; those that scripts run are left out.</summary>
    public async Task<string> MonitorAsync(Func<Task> act)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());
        await reader.ReadLineAsync();
        await act();
        await CliAsync("echo", "the-end");

        // +1700000000.123456 [0 127.0.0.1:50000] "HGETALL" "key"
        var commands = new List<string>();
        for (var line = ""; !line.Contains("\"the-end\"", StringComparison.Ordinal); line = await reader.ReadLineAsync() ?? throw new EndOfStreamException())
        {
            if (line.Split('"') is [var source, var command, ..] && !source.Contains("lua", StringComparison.Ordinal) && command is not ("PING" or "INFO"))
                commands.Add(command);
        }

        return string.Join(' ', commands);
    }

    /// <summary>How often each command ran while something was done, by INFO commandstats; what scripts run is counted too.</summary>
    public async Task<Dictionary<string, long>> CountAsync(Func<Task> act)
    {
        await CliAsync("config", "resetstat");
        await act();

        // cmdstat_hgetall:calls=1,usec=2,...
        return (await CliAsync("info", "commandstats")).Split('\n')
            .Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal) && !line.StartsWith("cmdstat_config", StringComparison.Ordinal))
            .Select(line => line.Split(["cmdstat_", ":calls=", ","], StringSplitOptions.None))
            .Where(parts => parts[1] is not ("ping" or "info"))
            .ToDictionary(parts => parts[1], parts => long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> TryRunAsync()
    {
        _process = Run("redis-server", ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--dir", _directory, "--logfile", "redis.log", .. _settings]);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < StartTime; await Task.Delay(20))
        {
            if (_process.HasExited)
                return false;
            if (await AnswersAsync())
                return true;
        }

        throw new TimeoutException($"redis-server on port {Port} did not answer within {StartTime}.");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray());
            var answer = new byte[64];
            var length = await client.GetStream().ReadAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, length).StartsWith("+PONG", StringComparison.Ordinal);   // not while it loads
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Process Run(string command, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{command} cannot be started: install it (Debian, Ubuntu: apt-get install redis-server).", exception);
        }
    }
}
