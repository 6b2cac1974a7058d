using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests.Http;

/// <summary>Whatever a request brings is no error of the server, creates no record, gives no session, and is shown in no log.</summary>
public sealed partial class HostileRequestTests
{
    private static readonly string[] Paths = ["/untouched", "/read", "/keys", "/load", "/clear", "/flush", "/cycle", "/mark", "/write-remove"];
    private static readonly int Requests = TestScale.Of(10_000) / 2;

    [Theory]
    [InlineData("memory", false)]
    [InlineData("memory", true)]
    [InlineData("cookies", false)]
    [InlineData("cookies", true)]
    public async Task Hostile_cookies_and_headers_do_nothing(string store, bool saveEveryRequest)
    {
        await using var app = await StartAsync(store, saveEveryRequest);
        var seed = Random.Shared.Next(int.MaxValue / 2);
        TestContext.Current.SendDiagnosticMessage($"Seed {seed}");
        var answered = 0;
        var sent = new HashSet<string>(StringComparer.Ordinal);

        for (var i = 0; i < Requests; i++)
        {
            var (number, path) = (seed + i, Paths[i % Paths.Length]);
            var onWire = i % 2 == 0;
            var answer = onWire
                ? await SendRawAsync(app.Address, RawRequest(path, number))
                : await SendRawAsync(app.Address, Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Seed: {number}\r\n\r\n"));

            answered += answer.Length > 0 ? 1 : 0;   // a server that refuses may close before its answer is read
            Assert.False(ServerError().IsMatch(answer), $"seed {number}: {answer}");
            Assert.False(GivenSession().IsMatch(answer), $"seed {number}: {answer}");
            sent.UnionWith(HostileCookies.Headers(number, !onWire)
                .SelectMany(header => header.Split(';', '='))
                .Where(part => part.Length >= 8 && part != "sessionid"));
        }

        Assert.True(answered > Requests / 2);
        if (app.Services.GetRequiredService<ISessionStore>() is MemorySessionStore memory)
            Assert.Equal(0, memory.Count);
        var logs = app.LogText();
        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
        Assert.DoesNotContain(sent, part => logs.Contains(part, StringComparison.Ordinal));
    }

    // A client of .NET would refuse to send these.
    private static byte[] RawRequest(string path, int seed)
    {
        var random = new Random(~seed);
        var bytes = new MemoryStream();
        Write($"GET {path}?sessionid={SessionId.New().Secret} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        foreach (var value in HostileCookies.Headers(seed, anyCharacter: false))
        {
            Write(random.Next(3) == 0 ? "cookie:" : "Cookie: ");
            bytes.Write((random.Next(2) == 0 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(value));
            Write("\r\n");
        }

        Write(random.Next(8) switch
        {
            0 => "Cookie: sessionid=\0\0\0\0\0\0\0\0\r\n",
            1 => "Cookie\0: a=b\r\n",
            2 => "Vary: *\r\nIf-None-Match: \"\"\"\r\nRange: bytes=9-1,-\r\n",
            3 => "Content-Length: -1\r\n",
            4 => "Set-Cookie: sessionid=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nX-Original-URL: /write\r\n",
            5 => "Cookie: a\rb\r\n",
            _ => "",
        });
        Write("\r\n");
        return bytes.ToArray();

        void Write(string text) => bytes.Write(Encoding.ASCII.GetBytes(text));
    }

    private static async Task<string> SendRawAsync(Uri address, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, TestContext.Current.CancellationToken);
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server answered and closed before it had read all.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    private static Task<TestApp> StartAsync(string store, bool saveEveryRequest) => TestApp.StartAsync(
        app =>
        {
            SessionEndpoints.Map(app);
            app.MapGet("/keys", (HttpContext context) => $"{string.Join(',', context.Session.Keys)} {context.Session.Id}");
            app.MapGet("/load", async (HttpContext context) =>
            {
                await context.Session.LoadAsync();
                return context.GetSession().IsEmpty;
            });
        },
        options => options.SaveEveryRequest = saveEveryRequest,
        sessions => _ = store == "memory" ? sessions.StoreInMemory() : sessions.StoreInCookies(),
        services => services
            .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
            .AddLogging(logging => logging.AddFilter("Sessions", LogLevel.Trace)),
        outside => outside.Use((context, next) =>
        {
            // What no server lets through, another host may.
            if (context.Request.Headers.TryGetValue("X-Seed", out var seed))
                context.Request.Headers.Cookie = HostileCookies.Headers(int.Parse(seed!, null), anyCharacter: true);
            return next(context);
        }));

    [GeneratedRegex("^HTTP/1.1 5", RegexOptions.Multiline)]
    private static partial Regex ServerError();

    [GeneratedRegex("^Set-Cookie: sessionid[.0-9]*=[^;]", RegexOptions.Multiline)]
    private static partial Regex GivenSession();
}
