namespace Sessions;

/// <summary>
/// How long a session lives after it was saved or renewed at this endpoint, in the place of <see cref="TypedSessionOptions.CookieAge"/>. An
/// expiry that the session set for itself goes before it. On an action, a controller or a page model.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SessionIdleTimeAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="minutes">The time in minutes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minutes"/> is zero or negative.</exception>
    public SessionIdleTimeAttribute(double minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(minutes, 0);
        (Minutes, Idle) = (minutes, TimeSpan.FromMinutes(minutes));
    }

    /// <summary>The time in minutes.</summary>
    public double Minutes { get; }

    internal TimeSpan Idle { get; }
}
