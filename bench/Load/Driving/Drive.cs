namespace Sessions.Load;

/// <summary>What one stretch of load came to.</summary>
/// <param name="Requests">Answers that came.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Errors">Answers that were not 200, or did not come.</param>
/// <param name="P50">The median time of an answer, in milliseconds.</param>
/// <param name="P99">The time of an answer that one in a hundred exceeds, in milliseconds.</param>
internal sealed record Drive(long Requests, double Seconds, long Errors, double P50, double P99)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>Sends requests as fast as they are answered, over a fixed number of connections.</summary>
internal interface IDriver
{
    string Name { get; }

    /// <param name="address">Where to.</param>
    /// <param name="cookies">The visitors, who take turns.</param>
    /// <param name="seconds">For how long.</param>
    Task<Drive> DriveAsync(Uri address, IReadOnlyList<string> cookies, double seconds);
}
