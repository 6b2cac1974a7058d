using System.Diagnostics;
using System.Net.Sockets;

namespace Sessions.Load;

/// <summary>A contender that runs.</summary>
internal sealed class ContenderProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private static readonly SocketsHttpHandler WithoutCookies = new() { UseCookies = false };

    private readonly Process _process;
    private readonly HttpClient _client;

    private ContenderProcess(Contender contender, Process process, Uri address, TimeSpan startTime)
    {
        (Contender, _process, Address, FirstAnswer) = (contender, process, address, startTime);
        _client = new HttpClient(WithoutCookies, disposeHandler: false) { BaseAddress = address };
    }

    public Contender Contender { get; }

    public Uri Address { get; }

    /// <summary>From the start of the process until its first answer.</summary>
    public TimeSpan FirstAnswer { get; }

    public static async Task<ContenderProcess> StartAsync(Contender contender, Place place)
    {
        Directory.CreateDirectory(place.Directory);
        var watch = Stopwatch.StartNew();
        var port = Tests.RedisServer.FreePort();
        var process = contender.External(port, place.Directory) is var (command, arguments)
            ? Start(command, arguments)
            : Start(Environment.ProcessPath!, ServeCommand.Line(contender, place));
        try
        {
            var address = !contender.IsExternal ? await ReadAddressAsync(process) : new Uri($"http://127.0.0.1:{port}");
            using var client = new HttpClient { BaseAddress = address };
            await WaitForAnswerAsync(client, process);
            return new ContenderProcess(contender, process, address, watch.Elapsed);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Asks once.</summary>
    /// <param name="path">For what.</param>
    /// <param name="cookie">The visitor's cookies; empty for none.</param>
    /// <returns>The body, and the cookies that the visitor has then.</returns>
    public async Task<(string Body, string Cookie)> AskAsync(string path, string cookie = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (cookie.Length > 0)
            request.Headers.Add("Cookie", cookie);
        using var response = await _client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{Contender.Name} answers {path} with {(int)response.StatusCode}: {body}");
        var given = response.Headers.TryGetValues("Set-Cookie", out var values) ? string.Join("; ", values.Select(value => value.Split(';')[0])) : cookie;
        return (body, given);
    }

    /// <summary>What the process has used; null for one that does not tell.</summary>
    public async Task<Usage?> UsageAsync() => !Contender.IsExternal ? await _client.GetFromJsonAsync<Usage>(new Uri("/usage", UriKind.Relative)) : null;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.StandardInput.Close();
        if (Contender.IsExternal)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string command, string[] arguments) =>
        Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(ContenderHost.Listening, StringComparison.Ordinal))
                return new Uri(line[ContenderHost.Listening.Length..]);
        }

        throw new InvalidOperationException("A contender ended before it listened.");
    }

    private static async Task WaitForAnswerAsync(HttpClient client, Process process)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                using var response = await client.GetAsync(new Uri(Work.Untouched.Path, UriKind.Relative));
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException && !process.HasExited && waited.Elapsed < StartTime)
            {
                // It does not listen yet.
            }
        }
    }
}
