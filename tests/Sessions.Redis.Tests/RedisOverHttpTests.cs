using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>The Redis store behind real requests, on a server of its own: what it is asked, and what it keeps.</summary>
public sealed class RedisOverHttpTests : IAsyncLifetime
{
    private RedisServer _server = null!;
    private TestApp _app = null!;

    private ISessionStore Store => _app.Services.GetRequiredService<ISessionStore>();

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _app = await TestApp.StartAsync(Map, sessions: sessions => sessions.StoreInRedis(_server.ConnectionString));

        // The scripts are sent once; from then on the server knows them.
        var id = (await _app.GetAsync("/count")).Id!;
        await _app.GetAsync("/count", id);
        await _app.GetAsync("/flush", (await _app.GetAsync("/sign-in", id)).Id);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Each_request_makes_no_call_more_than_it_needs()
    {
        var id = (await _app.GetAsync("/count")).Id!;
        var rotated = id;

        Assert.Equal("", await CallsAsync("/untouched", id));
        Assert.Equal("HGETALL", await CallsAsync("/read", id));
        Assert.Equal("HGETALL", await CallsAsync("/read-synchronously", id));
        Assert.Equal("HGETALL EVALSHA", await CallsAsync("/count", id));
        Assert.Equal("EVALSHA", await CallsAsync("/count", cookie: null));
        Assert.Equal("HGETALL EVALSHA EVALSHA", await _server.MonitorAsync(async () => rotated = (await _app.GetAsync("/sign-in", id)).Id!));
        Assert.Equal("EVALSHA", await CallsAsync("/flush", rotated));
        Assert.Equal("HMGET", await _server.MonitorAsync(async () => await Store.LoadPartAsync("v1.a", ["a", "b"])));
        Assert.Equal("HMGET", await _server.MonitorAsync(async () => await Store.ExistsAsync("v1.a")));
    }

    [Fact]
    public async Task The_server_s_own_statistics_count_the_same()
    {
        var id = (await _app.GetAsync("/count")).Id!;

        Assert.Empty(await _server.CountAsync(() => _app.GetAsync("/untouched", id)));
        Assert.Equal(new() { ["hgetall"] = 1 }, await _server.CountAsync(() => _app.GetAsync("/read", id)));
        var writing = await _server.CountAsync(() => _app.GetAsync("/count", id));
        Assert.Equal((1, 1), (writing["hgetall"], writing["evalsha"]));
        Assert.All(writing.Keys, command => Assert.Contains(command, (string[])["hgetall", "evalsha", "hget", "hset", "pexpire"]));
    }

    [Fact]
    public async Task A_part_of_a_session_moves_only_its_bytes()
    {
        var lifetime = new SessionLifetime(TimeSpan.FromDays(14), null);
        var bytes = new List<long>();
        foreach (var (id, keys) in new[] { ("v1.small", 3), ("v1.large", 200) })
        {
            var entries = Enumerable.Range(0, keys).Select(i => new KeyValuePair<string, ReadOnlyMemory<byte>>($"key{i}", new byte[1000]));
            var record = new SessionDelta { Set = [.. entries], Now = _app.Time.GetUtcNow(), Lifetime = lifetime }.Apply(null);
            await Store.CreateAsync(id, record, TestContext.Current.CancellationToken);
            var before = await OutputAsync();

            var part = await Store.LoadPartAsync(id, ["key0", "key1", "key2"], TestContext.Current.CancellationToken);

            Assert.Equal(3, SessionPayload.ParseOrEmpty(part!.Payload).Count);
            Assert.Equal(SessionPayload.ParseOrEmpty(record.Payload).Size, part.TotalBytes);
            bytes.Add(await OutputAsync() - before);
        }

        Assert.InRange(bytes[1], 3000, bytes[0] + 1000);
        TestContext.Current.TestOutputHelper?.WriteLine($"3 of 3 keys: {bytes[0]} bytes, 3 of 200: {bytes[1]} bytes, statistics included");
    }

    [Fact]
    public async Task A_handler_that_takes_a_shape_asks_for_its_keys_alone()
    {
        var id = (await _app.GetAsync("/fill?keys=200")).Id!;
        Assert.Equal("HMGET EVALSHA", await CallsAsync("/shape", id));

        var bytes = new Dictionary<string, long>();
        foreach (var path in new[] { "/shape-read", "/read" })
        {
            var before = await OutputAsync();
            await _app.GetAsync(path, id);
            bytes[path] = await OutputAsync() - before;
        }

        Assert.Equal("HMGET", await CallsAsync("/shape-read", id));
        Assert.Equal("2 one,two", (await _app.GetAsync("/shape-read", id)).Body);
        Assert.Equal("203", (await _app.GetAsync("/count-keys", id)).Body);
        Assert.InRange(bytes["/read"] - bytes["/shape-read"], 200 * 100, long.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"A shape of 3 keys in a session of 203: {bytes["/shape-read"]} bytes, all of it: {bytes["/read"]} bytes, statistics included");
    }

    [Fact]
    public async Task Renewing_every_request_moves_no_other_key()
    {
        await using var app = await TestApp.StartAsync(
            Map, options => options.SaveEveryRequest = true, sessions => sessions.StoreInRedis(_server.ConnectionString));
        var id = (await app.GetAsync("/fill?keys=20")).Id!;
        await app.GetAsync("/shape-read", id);

        Assert.Equal("HMGET EVALSHA", await _server.MonitorAsync(() => app.GetAsync("/shape-read", id)));
    }

    [Fact]
    public async Task The_server_and_the_log_hold_no_cookie_value()
    {
        var first = (await _app.GetAsync("/count")).Id!;
        var second = (await _app.GetAsync("/sign-in", first)).Id!;
        await _app.GetAsync("/count", second);
        await _app.GetAsync("/throw", second);

        var dump = _app.LogText();
        foreach (var key in (await _server.CliAsync("--scan")).Split('\n'))
            dump += $"{key} {await _server.CliAsync("hgetall", key)}";

        Assert.Contains("user", dump, StringComparison.Ordinal);
        foreach (var id in new[] { first, second })
        {
            for (var start = 0; start + 8 <= id.Length; start++)
                Assert.DoesNotContain(id.Substring(start, 8), dump, StringComparison.Ordinal);
        }
    }

    private Task<string> CallsAsync(string path, string? cookie) => _server.MonitorAsync(() => _app.GetAsync(path, cookie));

    private async Task<long> OutputAsync() => (await _server.CliAsync("info", "stats")).Split('\n')
        .Where(line => line.StartsWith("total_net_output_bytes:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
        .Single();

    private static void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "");
        app.MapGet("/fill", (HttpContext context, int keys) =>
        {
            var session = context.GetSession();
            for (var i = 0; i < keys; i++)
                session.Set($"key{i}", new string('x', 100));
            session.Set("Names", new List<string> { "one", "two" });
            session.Set("Count", 1);
            session.Set("Colour", "blue");
        });
        app.MapGet("/shape", (SmallSession small) => ++small.Count);
        app.MapGet("/shape-read", (SmallSession small) => $"{small.Count} {string.Join(',', small.Names)}");
        app.MapGet("/count-keys", (Session session) => session.Count.ToString());
        app.MapGet("/read-synchronously", (HttpContext context) => context.GetSession().Get<int>("count").ToString());
        app.MapGet("/read", async (HttpContext context) =>
        {
            await context.GetSession().LoadAsync();
            return context.GetSession().Get<int>("count").ToString();
        });
        app.MapGet("/count", (HttpContext context) => context.GetSession().Set("count", context.GetSession().Get<int>("count") + 1));
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
        app.MapGet("/throw", string (HttpContext context) => throw new InvalidOperationException($"Failed with {context.GetSession().Count} entries."));
        app.MapGet("/sign-in", (HttpContext context) =>
        {
            context.GetSession().CycleId();
            context.GetSession().Set("user", "ada");
        });
    }
}
