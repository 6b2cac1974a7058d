using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>Clears expired sessions now and then, for as long as the application runs.</summary>
internal sealed partial class ExpiredSessionCleanup(
    SessionManager manager, TimeProvider time, ILogger<ExpiredSessionCleanup> logger, TimeSpan every) : BackgroundService
{
    private const double Jitter = 0.1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(WithJitter(), time, stoppingToken);
            try
            {
                var removed = await manager.ClearExpiredAsync(cancellationToken: stoppingToken);
                LogRemoved(logger, removed);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested && exception is not OutOfMemoryException)
            {
                LogFailed(logger, exception, every);   // the store may be back next time
            }
        }
    }

#pragma warning disable CA5394 // Spreads load; no secret
    private TimeSpan WithJitter() => every * (1 + (Jitter * ((2 * Random.Shared.NextDouble()) - 1)));
#pragma warning restore CA5394

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "Removed {Count} expired sessions.")]
    private static partial void LogRemoved(ILogger logger, long count);

    [LoggerMessage(EventId = 21, Level = LogLevel.Error, Message = "Expired sessions could not be removed; the next attempt is in about {Interval}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, TimeSpan interval);
}
