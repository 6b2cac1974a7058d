namespace Sessions;

/// <summary>The answer of a store to a change.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Record">The record as it is now, after a save or a rotation that was done; otherwise null.</param>
public readonly record struct SessionStoreResult(SessionStoreOutcome Outcome, SessionRecord? Record = null)
{
    internal static SessionStoreResult Done(SessionRecord record) => new(SessionStoreOutcome.Done, record);
}
