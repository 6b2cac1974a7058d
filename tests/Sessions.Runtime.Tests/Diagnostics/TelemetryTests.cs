using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Sessions.Tests.Http;

namespace Sessions.Tests.Diagnostics;

/// <summary>What an operator sees of the sessions.</summary>
public sealed class TelemetryTests
{
    private readonly Gate _gate = new(2);

    [Fact]
    public async Task A_load_is_counted_by_what_was_found()
    {
        await using var app = await TestApp.StartAsync(Map);
        using var loads = Collect<long>(app, "sessions.loads");
        var id = (await app.GetAsync("/set/a")).Id!;
        Assert.Empty(loads.GetMeasurementSnapshot());

        await app.GetAsync("/read", id);
        await app.GetAsync("/rotate", id);
        await app.GetAsync("/read", id);
        await app.GetAsync("/read", new string('a', SessionId.Length));

        Assert.Equal(["found", "found", "retired", "missing"], Outcomes(loads));
    }

    [Fact]
    public async Task A_request_that_leaves_the_session_alone_counts_nothing()
    {
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddStore("counting", _ => new Http.CountingStore()));
        using var loads = Collect<long>(app, "sessions.loads");
        using var saves = Collect<long>(app, "sessions.saves");
        using var duration = Collect<double>(app, "sessions.store.duration");

        await app.GetAsync("/untouched", new string('a', SessionId.Length));

        Assert.Empty(loads.GetMeasurementSnapshot());
        Assert.Empty(saves.GetMeasurementSnapshot());
        Assert.Empty(duration.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task A_save_is_counted_by_its_outcome()
    {
        await using var app = await TestApp.StartAsync(Map);
        using var saves = Collect<long>(app, "sessions.saves");

        var id = (await app.GetAsync("/set/a")).Id!;
        await app.GetAsync("/set/b", id);
        await app.GetAsync("/read", id);
        var rotated = (await app.GetAsync("/rotate", id)).Id!;
        Assert.Equal(400, (await app.GetAsync("/set/a", id)).Status);
        await app.GetAsync("/flush", rotated);
        await app.GetAsync("/flush", rotated);

        Assert.Equal(["created", "saved", "rotated", "interrupted", "deleted"], Outcomes(saves));
    }

    [Fact]
    public async Task A_session_that_slides_is_counted_as_renewed()
    {
        await using var app = await TestApp.StartAsync(Map, options => options.SaveEveryRequest = true);
        var id = await app.StoreSessionAsync("a", 1);
        using var saves = Collect<long>(app, "sessions.saves");

        await app.GetAsync("/untouched", id);

        Assert.Equal(["renewed"], Outcomes(saves));
    }

    [Theory]
    [InlineData("/set/a", false)]
    [InlineData("/clear", true)]
    [InlineData("/flush", true)]
    public async Task A_save_that_the_store_could_not_do_is_counted_as_failed(string path, bool brings)
    {
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddStore("down", _ => Down()));
        using var saves = Collect<long>(app, "sessions.saves");

        Assert.Equal(503, (await app.GetAsync(path, brings ? new string('a', SessionId.Length) : null)).Status);

        Assert.All(Outcomes(saves), outcome => Assert.Equal("failed", outcome));
        Assert.NotEmpty(Outcomes(saves));
    }

    [Fact]
    public async Task A_session_that_is_ended_outside_of_a_request_is_counted_as_deleted()
    {
        await using var app = await TestApp.StartAsync(Map);
        Assert.True(SessionId.TryParse(await app.StoreSessionAsync("a", 1), out var id));
        using var saves = Collect<long>(app, "sessions.saves");

        await app.Manager.DeleteAsync(id, TestContext.Current.CancellationToken);
        await app.Manager.DeleteAsync(id, TestContext.Current.CancellationToken);

        Assert.Equal(["deleted"], Outcomes(saves));
    }

    [Fact]
    public async Task A_conflict_is_a_save_that_was_merged_with_another()
    {
        await using var app = await TestApp.StartAsync(Map);
        var id = await app.StoreSessionAsync("a", 1);
        using var conflicts = Collect<long>(app, "sessions.conflicts");
        await app.GetAsync("/set/b", id);
        await app.GetAsync("/set/c", id);
        Assert.Empty(conflicts.GetMeasurementSnapshot());

        var requests = new[] { app.GetAsync("/slow-set/d", id), app.GetAsync("/slow-set/e", id) };
        await _gate.Arrived;
        _gate.Open();
        await Task.WhenAll(requests);

        Assert.Equal(1, Assert.Single(conflicts.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public async Task The_size_that_is_measured_is_the_one_that_the_limit_is_for()
    {
        await using var app = await TestApp.StartAsync(Map);
        using var sizes = Collect<long>(app, "sessions.payload.size");

        await app.GetAsync("/set/a");

        Assert.Equal(4, sizes.LastMeasurement!.Value);   // two lengths, the key and the digit
    }

    [Fact]
    public async Task Live_sessions_are_those_that_a_request_could_still_load()
    {
        await using var app = await TestApp.StartAsync(Map, options => options.CookieAge = TimeSpan.FromHours(1));
        using var live = Collect<long>(app, "sessions.live");
        await app.StoreSessionAsync("a", 1);
        app.Time.Advance(TimeSpan.FromMinutes(30));
        await app.GetAsync("/rotate", await app.StoreSessionAsync("a", 1));   // leaves a tombstone

        live.RecordObservableInstruments();
        Assert.Equal(2, live.LastMeasurement!.Value);

        app.Time.Advance(TimeSpan.FromMinutes(30));
        live.RecordObservableInstruments();
        Assert.Equal(1, live.LastMeasurement!.Value);
    }

    [Fact]
    public async Task Expired_sessions_that_were_cleared_are_counted()
    {
        await using var app = await TestApp.StartAsync(Map, options => options.CookieAge = TimeSpan.FromHours(1));
        await app.StoreSessionAsync("a", 1);
        await app.StoreSessionAsync("a", 1);
        using var removed = Collect<long>(app, "sessions.expired.removed");
        app.Time.Advance(TimeSpan.FromHours(1));

        await app.Manager.ClearExpiredAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, removed.LastMeasurement!.Value);
    }

    [Fact]
    public async Task A_call_to_the_store_is_measured_and_traced()
    {
        using var root = new Activity("test").Start();
        using var trace = new Trace(root.TraceId);
        await using var app = await TestApp.StartAsync(
            Map, sessions: sessions => sessions.AddStore("counting", _ => new Http.CountingStore()).AddExpiredSessionCleanup(TimeSpan.FromDays(1)));
        using var duration = Collect<double>(app, "sessions.store.duration");

        var id = (await app.GetAsync("/set/a")).Id!;
        await app.GetAsync("/set/b", id);
        var rotated = (await app.GetAsync("/rotate", id)).Id!;
        await app.GetAsync("/required", rotated);
        await app.GetAsync("/flush", rotated);
        await app.Manager.ExistsAsync(SessionId.New(), TestContext.Current.CancellationToken);
        await app.Manager.ClearExpiredAsync(cancellationToken: TestContext.Current.CancellationToken);

        string[] operations = ["create", "load", "save", "load", "rotate", "load", "delete", "exists", "clear_expired"];
        Assert.Equal(operations, duration.GetMeasurementSnapshot().Select(measurement => measurement.Tags["operation"]));
        Assert.All(duration.GetMeasurementSnapshot(), measurement => Assert.Equal("CountingStore", measurement.Tags["store"]));
        Assert.All(duration.GetMeasurementSnapshot(), measurement => Assert.Equal(2, measurement.Tags.Count));
        Assert.Equal(operations.Select(operation => $"sessions.{operation}"), trace.Activities.Select(activity => activity.OperationName));
        Assert.All(trace.Activities, activity => Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset), (activity.Kind, activity.Status)));
    }

    [Theory]
    [InlineData("/read", "sessions.load")]
    [InlineData("/required", "sessions.load")]
    [InlineData("/clear", "sessions.save")]
    public async Task A_call_that_fails_names_the_type_of_the_error_alone(string path, string name)
    {
        using var root = new Activity("test").Start();
        using var trace = new Trace(root.TraceId);
        await using var app = await TestApp.StartAsync(Map, sessions: sessions => sessions.AddStore("down", _ => Down()));
        using var duration = Collect<double>(app, "sessions.store.duration");

        await app.GetAsync(path, new string('a', SessionId.Length));

        Assert.Equal("System.Net.Sockets.SocketException", Assert.Single(duration.GetMeasurementSnapshot()).Tags["error.type"]);
        var activity = Assert.Single(trace.Activities);
        Assert.Equal((name, ActivityStatusCode.Error, null), (activity.OperationName, activity.Status, activity.StatusDescription));
        Assert.Equal("System.Net.Sockets.SocketException", activity.GetTagItem("error.type"));
        Assert.Empty(activity.Events);
    }

    [Fact]
    public async Task A_call_that_was_given_up_took_as_long_as_it_was_waited_for()
    {
        var store = new SilentStore();
        await using var app = await TestApp.StartAsync(
            Map, options => options.IoTimeout = TimeSpan.FromSeconds(5), sessions => sessions.AddStore("silent", _ => store));
        using var duration = Collect<double>(app, "sessions.store.duration");

        var answer = app.GetAsync("/required", new string('a', SessionId.Length));
        await store.Called;
        app.Time.Advance(TimeSpan.FromSeconds(5));
        await answer;

        var measurement = Assert.Single(duration.GetMeasurementSnapshot());
        Assert.Equal((5.0, "System.TimeoutException"), (measurement.Value, measurement.Tags["error.type"]));
    }

    [Fact]
    public void An_event_id_means_one_thing()
    {
        var ids = typeof(Session).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .Where(id => id is not null)
            .ToArray();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    private static ThrowingStore Down() => new(() => new SocketException((int)SocketError.ConnectionRefused));

    private static MetricCollector<T> Collect<T>(TestApp app, string instrument)
        where T : struct => new(app.Services.GetRequiredService<IMeterFactory>(), "Sessions", instrument);

    private static string[] Outcomes(MetricCollector<long> collector) =>
        [.. collector.GetMeasurementSnapshot().Select(measurement => (string)measurement.Tags["outcome"]!)];

    private void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "");
        app.MapGet("/set/{key}", (HttpContext context, string key) => context.GetSession().Set(key, 1));
        app.MapGet("/read", (HttpContext context) => context.GetSession().Count);
        app.MapGet("/required", (HttpContext context) => context.GetSession().Count).RequireSession();
        app.MapGet("/rotate", (HttpContext context) => context.GetSession().CycleId());
        app.MapGet("/clear", (HttpContext context) => context.GetSession().Clear());
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
        app.MapGet("/slow-set/{key}", async (HttpContext context, string key) =>
        {
            await context.GetSession().LoadAsync();
            await _gate.PassAsync();
            context.GetSession().Set(key, 1);
        });
    }

    /// <summary>The activities of sessions within one trace: other tests run at the same time.</summary>
    private sealed class Trace : IDisposable
    {
        private readonly ActivityListener _listener;

        public Trace(ActivityTraceId id)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Sessions",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if (activity.TraceId == id)
                        Activities.Enqueue(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentQueue<Activity> Activities { get; } = new();

        public void Dispose() => _listener.Dispose();
    }
}
