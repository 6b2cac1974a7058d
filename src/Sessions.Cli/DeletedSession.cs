namespace Sessions;

/// <summary>What <c>delete</c> did.</summary>
/// <param name="Id">The row id that was asked for.</param>
/// <param name="Deleted">False when there was no such session.</param>
internal sealed record DeletedSession(string Id, bool Deleted);
