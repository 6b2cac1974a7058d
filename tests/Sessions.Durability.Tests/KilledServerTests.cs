using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>PostgreSQL is stopped, or killed, and started again while requests come in.</summary>
public sealed class KilledServerTests
{
    private const int Clients = 4;
    private static readonly int Rounds = TestScale.Of(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_fail_visibly_and_recover_and_nothing_acknowledged_is_lost()
    {
        await using var server = await PostgresServer.StartNewAsync(isDurable: true);
        var place = await server.CreateDatabaseAsync() + ";Timeout=2;Command Timeout=2";
        await using var app = await TestApp.StartAsync(
            Map,
            options => options.IoTimeout = TimeSpan.FromSeconds(2),
            sessions =>
            {
                sessions.Services.AddDbContextPool<WorkerContext>(options => options.UseNpgsql(place));
                sessions.StoreInDatabase<WorkerContext>();
            },
            services => services.AddSingleton(TimeProvider.System));
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<WorkerContext>().Database.EnsureCreatedAsync(Cancel);
        using var stop = new CancellationTokenSource();
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Client.SignInAsync(app)));
        var running = Task.WhenAll(clients.Select(client => client.RunAsync(app, stop.Token)));

        for (var round = 0; round < Rounds; round++)
        {
            await UntilEachAsync(clients, client => client.Successes);
            await (round % 2 == 0 ? server.KillAsync() : server.StopAsync());
            await UntilEachAsync(clients, client => client.Failures);
            await server.StartAsync();
        }

        await UntilEachAsync(clients, client => client.Successes);
        await stop.CancelAsync();
        await running;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} outages, {clients.Sum(client => client.Successes)} requests answered, {clients.Sum(client => client.Failures)} failed, "
            + $"the slowest failure took {clients.Max(client => client.SlowestFailure).TotalMilliseconds:f0} ms");
    }

    // A few more than there are now.
    private static async Task UntilEachAsync(Client[] clients, Func<Client, int> count)
    {
        int[] goals = [.. clients.Select(client => count(client) + 5)];
        while (clients.Zip(goals).Any(pair => count(pair.First) < pair.Second && pair.First.Error is null))
            await Task.Delay(10, Cancel);
    }

    private static void Map(WebApplication app) => app.MapGet("/count", async (HttpContext context) =>
    {
        var session = context.GetSession();
        await session.LoadAsync(context.RequestAborted);
        session.Set("count", session.Get<int>("count") + 1);
        return session.Get<int>("count");
    });

    /// <summary>Counts up in a session of its own, one request after the other.</summary>
    private sealed class Client(string id)
    {
        private int _acknowledged = 1;
        private int _unknown;

        public int Successes { get; private set; }

        public int Failures { get; private set; }

        public TimeSpan SlowestFailure { get; private set; }

        public Exception? Error { get; private set; }

        public static async Task<Client> SignInAsync(TestApp app) => new((await app.GetAsync("/count")).Id!);

        public async Task RunAsync(TestApp app, CancellationToken stop)
        {
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    var start = Stopwatch.GetTimestamp();
                    Note(await app.GetAsync("/count", id), start);
                }
            }
            catch (Exception exception)
            {
                Error = exception;
                throw;
            }
        }

        private void Note(TestAnswer answer, long start)
        {
            if (answer.Status == 200)
            {
                // What failed may have been stored or not; what was acknowledged was.
                var count = int.Parse(answer.Body, CultureInfo.InvariantCulture);
                Assert.InRange(count, _acknowledged + 1, _acknowledged + 1 + _unknown);
                (_acknowledged, _unknown) = (count, 0);
                Successes++;
                return;
            }

            Assert.True(answer.Status is 500 or 503);   // as the provider says whether it may be tried again
            Assert.Empty(answer.SetCookies);
            _unknown++;
            Failures++;
            SlowestFailure = TimeSpan.FromTicks(Math.Max(SlowestFailure.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }
    }
}
