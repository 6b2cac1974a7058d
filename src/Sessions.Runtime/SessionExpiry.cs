namespace Sessions;

/// <summary>A session's own expiry policy. It belongs to the record, not to the entries.</summary>
public readonly record struct SessionExpiry
{
    private readonly long _ticks;

    private SessionExpiry(SessionExpiryKind kind, long ticks) => (Kind, _ticks) = (kind, ticks);

    /// <summary>How the expiry was set.</summary>
    /// <value><see cref="SessionExpiryKind.Default"/>.</value>
    public SessionExpiryKind Kind { get; }

    /// <summary>The policy of the application's options.</summary>
    public static SessionExpiry Default => default;

    /// <summary>Until the browser closes.</summary>
    public static SessionExpiry BrowserClose => new(SessionExpiryKind.BrowserClose, 0);

    /// <summary>A time after the last save.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="idle"/> is zero or negative.</exception>
    public static SessionExpiry AfterIdle(TimeSpan idle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(idle, TimeSpan.Zero);
        return new SessionExpiry(SessionExpiryKind.Idle, idle.Ticks);
    }

    /// <summary>A fixed moment.</summary>
    public static SessionExpiry AtMoment(DateTimeOffset at) => new(SessionExpiryKind.At, at.UtcTicks);

    /// <summary>The ticks of the idle time or of the moment (UTC), for the payload; 0 for the other kinds.</summary>
    internal long Ticks => _ticks;

    internal static bool TryCreate(byte kind, long ticks, out SessionExpiry expiry)
    {
        expiry = new SessionExpiry((SessionExpiryKind)kind, ticks);
        return (SessionExpiryKind)kind switch
        {
            SessionExpiryKind.Default or SessionExpiryKind.BrowserClose => ticks == 0,
            SessionExpiryKind.Idle => ticks > 0,
            SessionExpiryKind.At => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks,
            _ => false,
        };
    }
}
