namespace Sessions.Tests;

/// <summary>Tests that measure, with no other beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
