using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>A server that is down, and one that dies under load and comes back.</summary>
public sealed class RedisRestartTests
{
    private const int Clients = 4;
    private static readonly TimeSpan IoTimeout = TimeSpan.FromSeconds(2);

    // A request makes up to two calls; the rest is for a machine that has other things to do.
    private static readonly TimeSpan Longest = (2 * IoTimeout) + TimeSpan.FromSeconds(10);
    private static readonly int Deaths = Math.Max(1, TestScale.Of(10));

    [Fact]
    public async Task No_acknowledged_write_is_lost_when_the_server_dies_under_load()
    {
        await using var server = await RedisServer.StartAsync(appendOnly: true);
        await using var app = await StartAsync(server.ConnectionString);
        var shared = (await app.GetAsync("/set/base?value=0")).Id!;
        var clients = new List<Client>();
        for (var i = 0; i < Clients; i++)
            clients.Add(new Client(app, $"client{i}", (await app.GetAsync("/set/base?value=0")).Id!, shared));
        using var stop = new CancellationTokenSource();
        var running = clients.Select(client => client.RunAsync(stop.Token)).ToArray();

        for (var death = 0; death < Deaths; death++)
        {
            var (acknowledged, failed) = (Total(client => client.Acknowledged), Total(client => client.Failed));
            await WaitAsync(() => Total(client => client.Acknowledged) > acknowledged + 100);
            await server.KillAsync();
            await WaitAsync(() => Total(client => client.Failed) > failed + Clients);
            await server.RestartAsync();
        }

        var before = clients.ToDictionary(client => client, client => client.Acknowledged);
        await WaitAsync(() => clients.TrueForAll(client => client.Acknowledged > before[client] + 10));
        await stop.CancelAsync();
        await Task.WhenAll(running);

        foreach (var client in clients)
            await client.VerifyAsync();
        Assert.All(clients, client => Assert.InRange(client.Longest, TimeSpan.Zero, Longest));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Total(client => client.Acknowledged)} acknowledged, {Total(client => client.Failed)} failed, longest {clients.Max(client => client.Longest)}");

        int Total(Func<Client, int> number) => clients.Sum(number);
    }

    [Fact]
    public async Task An_application_starts_without_its_server_and_finds_it_when_it_comes()
    {
        await using var server = await RedisServer.StartAsync(appendOnly: true);
        await server.KillAsync();
        await using var app = await StartAsync(server.ConnectionString);

        var refused = Stopwatch.StartNew();
        Assert.Equal(503, (await app.GetAsync("/keys", new string('a', 32))).Status);
        Assert.InRange(refused.Elapsed, TimeSpan.Zero, Longest);
        await server.RestartAsync();

        await WaitAsync(async () => (await app.GetAsync("/set/a?value=1")).Status == 200);
    }

    [Fact]
    public async Task A_session_whose_state_is_not_known_is_an_error_and_not_missing()
    {
        await using var server = await RedisServer.StartAsync(appendOnly: true);
        await using var services = new ServiceCollection().AddTypedSessions().StoreInRedis($"{server.ConnectionString},syncTimeout=500,asyncTimeout=500")
            .Services.BuildServiceProvider();
        var store = services.GetRequiredService<ISessionStore>();
        var delta = new SessionDelta { Now = DateTimeOffset.UtcNow, Lifetime = new SessionLifetime(TimeSpan.FromDays(1), null) };
        Assert.Null(store.Load("v1.unknown"));
        await server.KillAsync();

        Assert.ThrowsAny<Exception>(() => store.Load("v1.a"));
        Func<Task>[] calls =
        [
            async () => await store.LoadAsync("v1.a"),
            async () => await store.LoadPartAsync("v1.a", ["a"]),
            async () => await store.CreateAsync("v1.a", delta.Apply(null)),
            async () => await store.SaveAsync("v1.a", delta),
            async () => await store.RenewAsync("v1.a", 1, delta.Now.AddDays(1)),
            async () => await store.RotateAsync("v1.a", "v1.b", delta),
            async () => await store.DeleteAsync("v1.a"),
            async () => await store.ExistsAsync("v1.a"),
        ];
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<Exception>(call);
    }

    private static Task<TestApp> StartAsync(string configuration) => TestApp.StartAsync(
        app =>
        {
            app.MapGet("/set/{key}", async (HttpContext context, string key, int value) =>
            {
                await context.GetSession().LoadAsync();
                context.GetSession().Set(key, value);
            });
            app.MapGet("/keys", async (HttpContext context) =>
            {
                await context.GetSession().LoadAsync();
                return string.Join(',', context.GetSession().Items.Select(item => $"{item.Key}={item.Value}"));
            });
        },
        options => options.IoTimeout = IoTimeout,
        sessions => sessions.StoreInRedis(configuration),
        services => services.AddSingleton(TimeProvider.System));

    private static Task WaitAsync(Func<bool> condition) => WaitAsync(() => Task.FromResult(condition()));

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Writes to a session of its own and to one that all share, one after the other, and remembers what was acknowledged.</summary>
    private sealed class Client(TestApp app, string name, string own, string shared)
    {
        private readonly ConcurrentDictionary<(string Id, string Key), int> _acknowledged = new();

        public int Acknowledged { get; private set; }

        public int Failed { get; private set; }

        public TimeSpan Longest { get; private set; }

        public async Task RunAsync(CancellationToken stop)
        {
            for (var value = 1; !stop.IsCancellationRequested; value++)
            {
                foreach (var (id, key) in new[] { (own, $"key{value % 20}"), (shared, name) })
                {
                    var took = Stopwatch.StartNew();
                    var answer = await app.GetAsync($"/set/{key}?value={value}", id);
                    Longest = TimeSpan.FromTicks(Math.Max(Longest.Ticks, took.Elapsed.Ticks));
                    Assert.True(answer.Status is 200 or >= 500, $"{answer.Status}");
                    if (answer.Status == 200)
                    {
                        _acknowledged[(id, key)] = value;
                        Acknowledged++;
                    }
                    else
                    {
                        Failed++;
                    }
                }
            }
        }

        // A write that failed may have been done all the same: of its key only a later value than the acknowledged one may be there.
        public async Task VerifyAsync()
        {
            foreach (var session in _acknowledged.GroupBy(write => write.Key.Id))
            {
                var items = (await app.GetAsync("/keys", session.Key)).Body.Split(',').Select(item => item.Split('='));
                var stored = items.ToDictionary(item => item[0], item => int.Parse(item[1]));
                Assert.All(session, write => Assert.InRange(stored[write.Key.Key], write.Value, int.MaxValue));
            }
        }
    }
}
