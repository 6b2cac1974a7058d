using System.Globalization;
using Sessions.Tests;
using StackExchange.Redis;

namespace Sessions.Capacity;

/// <summary>Without persistence: what the disk costs is up to the server's settings.</summary>
internal sealed class RedisStore : CapacityStore
{
    private const int CopiesAtOnce = 1000;

    private readonly string _prefix = new RedisSessionStoreOptions().KeyPrefix;
    private RedisServer _server = null!;

    public override bool Clears => false;

    public override bool LoadsParts => true;

    public override async Task StartAsync() => _server = await RedisServer.StartAsync();

    public override void AddTo(SessionsBuilder sessions) => sessions.StoreInRedis(_server.ConnectionString);

    public override async Task<long> BytesAsync() => (long)Number(await _server.CliAsync("info", "memory"), "used_memory");

    public override async Task CopyAsync(IEnumerable<Copy> copies)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
        var database = connection.GetDatabase();
        var dumps = new Dictionary<string, (byte[] Value, TimeSpan? KeptFor)>();
        foreach (var some in copies.Chunk(CopiesAtOnce))
        {
            foreach (var (from, _) in some.DistinctBy(static copy => copy.From).Where(copy => !dumps.ContainsKey(copy.From)))
                dumps[from] = ((await database.KeyDumpAsync(_prefix + from))!, await database.KeyTimeToLiveAsync(_prefix + from));
            await Task.WhenAll(some.Select(copy => database.KeyRestoreAsync(_prefix + copy.To, dumps[copy.From].Value, dumps[copy.From].KeptFor)));
        }
    }

    public override async Task<Traffic?> TrafficAsync()
    {
        var statistics = await _server.CliAsync("info", "stats");
        return new Traffic(Sent: (long)Number(statistics, "total_net_input_bytes"), Received: (long)Number(statistics, "total_net_output_bytes"));
    }

    public override async Task<TimeSpan> ServerTimeAsync()
    {
        var usage = await _server.CliAsync("info", "cpu");
        return TimeSpan.FromSeconds(Number(usage, "used_cpu_user") + Number(usage, "used_cpu_sys"));
    }

    public override ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    // used_memory:1000000
    private static double Number(string information, string name)
    {
        var line = information.Split('\n').Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
