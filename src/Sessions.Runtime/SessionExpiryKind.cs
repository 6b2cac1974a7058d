namespace Sessions;

/// <summary>How a session's expiry was set.</summary>
public enum SessionExpiryKind
{
    /// <summary>As <see cref="TypedSessionOptions"/> say.</summary>
    Default,

    /// <summary>A time after the last save.</summary>
    Idle,

    /// <summary>A fixed moment.</summary>
    At,

    /// <summary>When the browser closes; on the server, <see cref="TypedSessionOptions.CookieAge"/> after the last save.</summary>
    BrowserClose,
}
