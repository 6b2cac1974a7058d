using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests;

public sealed class ExpiredSessionCleanupTests : IAsyncLifetime
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 13, 8, 0, 0, TimeSpan.Zero));
    private ServiceProvider _services = null!;
    private IHostedService _cleanup = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CountingStore Store => (CountingStore)_services.GetRequiredService<ISessionStore>();

    private FakeLogCollector Logs => _services.GetRequiredService<FakeLogCollector>();

    public ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddFakeLogging());
        services.AddSingleton<TimeProvider>(_time);
        services.AddTypedSessions()
            .AddStore("counting", provider => new CountingStore(ActivatorUtilities.CreateInstance<MemorySessionStore>(provider)))
            .AddExpiredSessionCleanup(Every);
        _services = services.BuildServiceProvider();
        _cleanup = _services.GetServices<IHostedService>().OfType<ExpiredSessionCleanup>().Single();
        return new ValueTask(_cleanup.StartAsync(Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _cleanup.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Expired_sessions_are_removed_again_and_again()
    {
        var manager = _services.GetRequiredService<SessionManager>();
        for (var round = 0; round < 3; round++)
        {
            var session = manager.Create();
            session.Set("a", 1);
            session.SetExpiry(TimeSpan.FromSeconds(1));
            await session.SaveAsync(Cancel);

            await AdvanceUntilAsync(log => log.Message == "Removed 1 expired sessions.");
        }
    }

    [Fact]
    public async Task A_store_that_fails_is_tried_again_the_next_time()
    {
        Store.Failing = nameof(ISessionStore.ClearExpiredAsync);
        await AdvanceUntilAsync(log => log is { Level: LogLevel.Error, Exception: IOException });

        Store.Failing = null;
        await AdvanceUntilAsync(log => log.Message == "Removed 0 expired sessions.");
    }

    [Fact]
    public async Task Nothing_happens_before_the_time()
    {
        _time.Advance(Every * 0.89);
        await _cleanup.StopAsync(Cancel);

        Assert.Empty(Store.Calls);
    }

    [Fact]
    public void A_time_that_is_not_positive_is_refused()
    {
        var builder = new ServiceCollection().AddTypedSessions();

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddExpiredSessionCleanup(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddExpiredSessionCleanup(-Every));
    }

    // The service waits on another thread: the clock goes on until it has seen enough of it.
    private async Task AdvanceUntilAsync(Func<FakeLogRecord, bool> logged)
    {
        Logs.Clear();
        while (!Logs.GetSnapshot().Any(logged))
        {
            _time.Advance(Every);
            await Task.Delay(1, Cancel);
        }
    }
}
