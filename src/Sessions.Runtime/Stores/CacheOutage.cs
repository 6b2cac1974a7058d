using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>
/// The time in which a cache fails. Nobody waits for it then: what it misses is noted, and once it answers again it is told to mark
/// those ids (by <c>markAsync</c>, which throws when it fails) before it is used.
/// </summary>
internal sealed partial class CacheOutage(Func<string, Task> markAsync, TimeProvider time, ILogger logger) : IDisposable
{
    // Beyond it, an id is not marked: other processes may read what the cache has until that is too old; this one does not.
    private const int MaxMissed = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _missed = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _isOn;
    private long _endedAt;   // UTC ticks

    public bool IsOn => _isOn;

    /// <summary>When the last outage ended.</summary>
    public DateTimeOffset EndedAt => new(Interlocked.Read(ref _endedAt), TimeSpan.Zero);

    /// <summary>Whether the cache is out; then the id is marked when it is back.</summary>
    public bool Defers(string id)
    {
        if (!_isOn)
            return false;
        lock (_lock)
        {
            if (_isOn)
                Miss(id);
            return _isOn;
        }
    }

    /// <summary>A call for this id failed.</summary>
    public void Begin(string id, Exception exception)
    {
        lock (_lock)
        {
            Miss(id);
            if (_isOn)
                return;
            _isOn = true;
        }

        LogBegan(logger, exception);
        using (ExecutionContext.SuppressFlow())   // it outlives the request
            _ = RecoverAsync();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task RecoverAsync()
    {
        var stopping = _stopping.Token;
        try
        {
            do
                await Task.Delay(Pause, time, stopping);
            while (!await TryEndAsync());
            LogEnded(logger);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops.
        }
    }

    private async Task<bool> TryEndAsync()
    {
        while (TakeMissed() is { Length: > 0 } ids)
        {
            foreach (var (index, id) in ids.Index())
            {
                try
                {
                    await markAsync(id);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    Miss(ids.AsSpan(index));
                    return false;
                }
            }
        }

        return true;
    }

    // Nothing when the cache has been told of all: that ends the outage.
    private string[] TakeMissed()
    {
        lock (_lock)
        {
            string[] ids = [.. _missed];
            _missed.Clear();
            if (ids.Length == 0)
            {
                Interlocked.Exchange(ref _endedAt, time.GetUtcNow().UtcTicks);
                _isOn = false;
            }

            return ids;
        }
    }

    private void Miss(params ReadOnlySpan<string> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                if (_missed.Count < MaxMissed)
                    _missed.Add(id);
            }
        }
    }

    [LoggerMessage(EventId = 50, Level = LogLevel.Warning, Message = "The cache of sessions fails. Until it is back, the store behind it answers alone.")]
    private static partial void LogBegan(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 51, Level = LogLevel.Information, Message = "The cache of sessions is back.")]
    private static partial void LogEnded(ILogger logger);
}
