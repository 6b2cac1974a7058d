namespace Sessions;

/// <summary>What a cache says of a session.</summary>
/// <param name="Entry">The record that it has, if that counts; null when the store is to be asked.</param>
/// <param name="IsOpen">Whether it takes a record: it works, and the id is not marked.</param>
internal readonly record struct CacheAnswer(CachedSession? Entry, bool IsOpen);
