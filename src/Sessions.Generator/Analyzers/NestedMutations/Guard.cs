using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What is known of a flag: it is set wherever the mutation has changed anything; with no mutation, it is set.</summary>
internal sealed record Guard(ISymbol Flag, Mutation? Mutation);
