using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sessions;

/// <summary>One call to a store, from its beginning until it is disposed: an activity, and a measurement.</summary>
internal sealed class StoreCall(Histogram<double> duration, ActivitySource activities, TimeProvider time, string operation, string store) : IDisposable
{
    private const string Store = "store";
    private const string ErrorType = "error.type";

    private readonly Activity? _activity = activities.StartActivity($"sessions.{operation}", ActivityKind.Client)?.SetTag(Store, store);
    private readonly long _start = time.GetTimestamp();
    private string? _error;   // null: it did not fail

    /// <summary>The call failed. The error's type alone is told: its message may quote what was asked for.</summary>
    public void Fail(Exception exception)
    {
        _error = exception.GetType().FullName!;
        _activity?.SetStatus(ActivityStatusCode.Error).SetTag(ErrorType, _error);
    }

    public void Dispose()
    {
        var seconds = time.GetElapsedTime(_start).TotalSeconds;
        if (_error is null)
            duration.Record(seconds, SessionTelemetry.Tag("operation", operation), SessionTelemetry.Tag(Store, store));
        else
            duration.Record(seconds, SessionTelemetry.Tag("operation", operation), SessionTelemetry.Tag(Store, store), SessionTelemetry.Tag(ErrorType, _error));
        _activity?.Dispose();
    }
}
