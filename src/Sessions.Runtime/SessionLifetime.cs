namespace Sessions;

/// <summary>The application's limits on a session's life.</summary>
/// <param name="CookieAge">How long it lives after its last save, unless it has an expiry of its own.</param>
/// <param name="AbsoluteTimeout">How long it lives after its creation, however active; null for no limit.</param>
public readonly record struct SessionLifetime(TimeSpan CookieAge, TimeSpan? AbsoluteTimeout)
{
    /// <summary>When a session that is saved now expires, under its own policy and the application's ceiling.</summary>
    public DateTimeOffset ExpiresAt(SessionExpiry expiry, DateTimeOffset createdAt, DateTimeOffset now)
    {
        var at = expiry.Kind switch
        {
            SessionExpiryKind.At => new DateTimeOffset(expiry.Ticks, TimeSpan.Zero),
            SessionExpiryKind.Idle => Add(now, TimeSpan.FromTicks(expiry.Ticks)),
            _ => Add(now, CookieAge),
        };
        return EndOfLife(createdAt) is { } end && end < at ? end : at;
    }

    /// <summary>When the session ends however active; null without a ceiling.</summary>
    public DateTimeOffset? EndOfLife(DateTimeOffset createdAt) => AbsoluteTimeout is { } ceiling ? Add(createdAt, ceiling) : null;

    private static DateTimeOffset Add(DateTimeOffset moment, TimeSpan time) =>
        time > DateTimeOffset.MaxValue - moment ? DateTimeOffset.MaxValue : moment + time;
}
