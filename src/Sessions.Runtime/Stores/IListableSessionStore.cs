namespace Sessions;

/// <summary>A store whose records can be gone through, for administration. Never on the request path.</summary>
internal interface IListableSessionStore : ISessionStore
{
    /// <summary>Every record with its id, live, expired and retired, in no particular order, as a stream that holds few of them at a time.</summary>
    IAsyncEnumerable<KeyValuePair<string, SessionRecord>> ListAsync(CancellationToken cancellationToken = default);
}
