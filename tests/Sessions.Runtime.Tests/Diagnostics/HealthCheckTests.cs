using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sessions.Tests.Http;

namespace Sessions.Tests.Diagnostics;

/// <summary>What a load balancer and an operator are told of the store.</summary>
public sealed class HealthCheckTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sessions-health-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("memory")]
    [InlineData("files")]
    [InlineData("shared")]
    public async Task A_store_that_answers_is_healthy(string store)
    {
        await using var app = await StartAsync(sessions => Choose(sessions, store));

        Assert.Equal((200, "Healthy|"), (await app.GetAsync("/health")) is var answer ? (answer.Status, answer.Body) : default);
    }

    [Fact]
    public async Task A_store_that_is_gone_is_unhealthy_and_says_nothing_of_how_it_is_reached()
    {
        await using var app = await StartAsync(sessions => sessions.AddStore("down", _ => new ThrowingStore(() => new TimeoutException("Host=db;Password=hunter2"))));

        var answer = await app.GetAsync("/health");

        Assert.Equal((503, "Unhealthy|The session store does not answer, or answers with an error."), (answer.Status, answer.Body));
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Exception is SessionStoreUnavailableException { InnerException: TimeoutException });
    }

    [Fact]
    public async Task A_store_that_is_gone_may_count_for_less()
    {
        await using var app = await StartAsync(
            sessions => sessions.AddStore("down", _ => new ThrowingStore(() => new SocketException((int)SocketError.ConnectionRefused))),
            health => health.AddSessionStore("sessions", HealthStatus.Degraded, ["ready"]));

        Assert.StartsWith("Degraded|", (await app.GetAsync("/health")).Body, StringComparison.Ordinal);
        Assert.StartsWith("Degraded|", (await app.GetAsync("/ready")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_unhealthy_in_time()
    {
        var store = new SilentStore();
        await using var app = await StartAsync(sessions => sessions.AddStore("silent", _ => store));

        var answer = app.GetAsync("/health");
        await store.Called;
        app.Time.Advance(new TypedSessionOptions().IoTimeout);

        Assert.Equal(503, (await answer).Status);
    }

    [Theory]
    [InlineData("cookies", "default", "Degraded|")]
    [InlineData("cookies", "ephemeral", "Degraded|")]
    [InlineData("cookies", "persisted", "Healthy|")]
    [InlineData("shared", "default", "Degraded|")]
    [InlineData("shared", "ephemeral", "Degraded|")]
    [InlineData("shared", "persisted", "Healthy|")]
    [InlineData("files", "default", "Healthy|")]
    [InlineData("files", "ephemeral", "Degraded|")]
    [InlineData("memory", "ephemeral", "Healthy|")]
    public async Task Keys_must_last_and_be_shared_as_the_sessions_are(string store, string keys, string expected)
    {
        await using var app = await StartAsync(sessions =>
        {
            Choose(sessions, store);
            var protection = sessions.Services.AddDataProtection();
            if (keys == "ephemeral")
                protection.UseEphemeralDataProtectionProvider();
            if (keys == "persisted")
                protection.PersistKeysToFileSystem(_directory);
        });

        var answer = await app.GetAsync("/health");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith(expected, answer.Body, StringComparison.Ordinal);
        if (expected == "Degraded|")
        {
            Assert.Contains("PersistKeysTo", answer.Body, StringComparison.Ordinal);
            Assert.Contains(store == "cookies" ? "sessions in cookies" : "antiforgery", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_sessions_the_check_says_what_is_missing()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddSessionStore();
        await using var provider = services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken));

        Assert.Contains("AddTypedSessions", error.Message, StringComparison.Ordinal);
    }

    private void Choose(SessionsBuilder sessions, string store) => _ = store switch
    {
        "memory" => sessions.StoreInMemory(),
        "files" => sessions.StoreInFiles(Path.Combine(_directory.FullName, "sessions")),
        "cookies" => sessions.StoreInCookies(),
        _ => sessions.AddStore("counting", _ => new Http.CountingStore()),
    };

    private static Task<TestApp> StartAsync(Action<SessionsBuilder> sessions, Action<IHealthChecksBuilder>? health = null) => TestApp.StartAsync(
        app =>
        {
            app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
            app.MapHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteAsync, Predicate = check => check.Tags.Contains("ready") });
        },
        sessions: sessions,
        services: services =>
        {
            var checks = services.AddHealthChecks();
            if (health is null)
                checks.AddSessionStore();
            else
                health(checks);
        });

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsync(string.Join('\n', report.Entries.Values.Select(entry => $"{entry.Status}|{entry.Description}")));
}
