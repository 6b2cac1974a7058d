namespace Sessions;

/// <summary>What <c>clear-expired</c> did.</summary>
/// <param name="Removed">The number of records removed.</param>
/// <param name="Completed">False when it was stopped before the end.</param>
internal sealed record ClearedSessions(long Removed, bool Completed);
