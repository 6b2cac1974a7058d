namespace Sessions.Tests;

/// <summary>A session that can be found by its user.</summary>
public sealed class AccountSession : SessionEntity
{
    public int? AccountId { get; set; }

    /// <summary>Set by the application's own statements, not from the session.</summary>
    public string? Device { get; set; }
}
