namespace Sessions.Capacity;

/// <summary>Bytes between the application and its server.</summary>
internal readonly record struct Traffic(long Sent, long Received);
