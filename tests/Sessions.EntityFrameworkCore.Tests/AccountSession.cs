namespace Sessions.Tests;

/// <summary>A session that can be found by its user.</summary>
public sealed class AccountSession : SessionEntity
{
    public int? AccountId { get; set; }
}
