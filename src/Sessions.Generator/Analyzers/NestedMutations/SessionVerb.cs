namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A call that reads, writes or drops what is under a key: <c>session.Get("x")</c>, <c>session.Get(key)</c>, <c>shape.GetX()</c>.</summary>
/// <param name="Name">The verb, as the session's method is called.</param>
/// <param name="Key">The key's name, or the symbol that holds it; null when unknown, or for all keys.</param>
internal sealed record SessionVerb(string Name, object? Key);
