namespace Sessions;

/// <summary>Where a row stands in the index of expired rows.</summary>
internal sealed record ExpiredRow(DateTime ExpiresAt, string Id);
