using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests;

/// <summary>Everything that a process says while it runs: its logs, with state, scopes and errors, and the metrics and traces of sessions.</summary>
internal sealed class Wiretap : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public Wiretap()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Sessions",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Sessions")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _meters.Start();
    }

    public string Text => string.Join('\n', _texts);

    public void Hear(string text) => _texts.Enqueue(text);

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Hear(Activity activity)
    {
        Hear($"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {activity.TraceStateString}");
        Hear(activity.TagObjects.Concat(activity.Events.SelectMany(happening => happening.Tags)));
        Hear(activity.Baggage);
    }

    private void Hear<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Hear($"{instrument.Name} {value}");
        Hear(tags.ToArray());
    }

    private void Hear<T>(IEnumerable<KeyValuePair<string, T>> pairs)
    {
        foreach (var (name, value) in pairs)
            Hear($"{name}={value}");
    }

    private sealed class Logger(Wiretap tap) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => tap._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            tap.Hear($"{eventId} {formatter(state, exception)} {exception}");
            Hear(state);
            tap._scopes.ForEachScope(static (scope, logger) => logger.Hear(scope), this);
        }

        private void Hear(object? state)
        {
            tap.Hear($"{state}");
            if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
                tap.Hear(pairs);
        }
    }
}
