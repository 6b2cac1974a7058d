namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What is known of a flag: it is true, or not zero, wherever the mutation has changed anything.</summary>
/// <param name="Flag">The variable or capture.</param>
/// <param name="Mutation">The mutation; null when the flag is set in any case.</param>
internal sealed record Guard(object Flag, Mutation? Mutation);
