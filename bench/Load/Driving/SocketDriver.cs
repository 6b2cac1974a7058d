using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sessions.Load;

/// <summary>The comparison's own client, where wrk is not installed: one request at a time on each connection, as little work for each as can be.</summary>
internal sealed class SocketDriver(int connections) : IDriver
{
    public string Name => $"own client, {connections} connections";

    public async Task<Drive> DriveAsync(Uri address, IReadOnlyList<string> cookies, double seconds)
    {
        var requests = cookies.Select(cookie => Request(address, cookie)).ToArray();
        var watch = Stopwatch.StartNew();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            using var connection = new Connection();
            await connection.OpenAsync(address);
            var visitors = requests.Where((_, i) => i % connections == number % requests.Length).ToArray();
            for (var turn = 0; watch.Elapsed.TotalSeconds < seconds; turn++)
                await connection.AskAsync(visitors[turn % visitors.Length]);
            return connection;
        })));
        var duration = watch.Elapsed.TotalSeconds;
        var times = each.SelectMany(connection => connection.Times).Order().ToArray();
        return new Drive(times.Length, duration, each.Sum(connection => connection.Errors), Percentile(times, 0.5), Percentile(times, 0.99));
    }

    private static byte[] Request(Uri address, string cookie) => Encoding.ASCII.GetBytes(
        $"GET {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\n{(cookie.Length == 0 ? "" : $"Cookie: {cookie}\r\n")}\r\n");

    private static double Percentile(long[] times, double part) =>
        times.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, times[(int)((times.Length - 1) * part)]).TotalMilliseconds;

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _buffer = new byte[64 * 1024];

        public List<long> Times { get; } = [];

        public int Errors { get; private set; }

        public async Task OpenAsync(Uri address) => await _socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port));

        public async Task AskAsync(byte[] request)
        {
            var start = Stopwatch.GetTimestamp();
            await _socket.SendAsync(request);
            var length = 0;
            int read;
            do
            {
                read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
                length += read;
            }
            while (read > 0 && !IsWhole(_buffer.AsSpan(0, length)));
            if (read == 0)
                throw new IOException("A contender closed a connection.");
            Times.Add(Stopwatch.GetTimestamp() - start);
            if (!_buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8))
                Errors++;
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return false;
            var body = answer[(end + 4)..];
            var length = answer[..end].IndexOf("Content-Length: "u8);
            return length < 0
                ? body.EndsWith("0\r\n\r\n"u8)
                : Utf8Parser.TryParse(answer[(length + "Content-Length: ".Length)..], out int expected, out _) && body.Length >= expected;
        }
    }
}
