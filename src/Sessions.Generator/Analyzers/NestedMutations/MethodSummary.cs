using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What a method does to what it is given, in terms of its own parameters and fields.</summary>
/// <param name="Mutated">The parameters whose objects it changes; its type, where it changes its own.</param>
/// <param name="Marked">The sessions that it always marks.</param>
/// <param name="Settled">The places that it always writes or empties.</param>
/// <param name="Returned">What it may return.</param>
/// <param name="Elements">What a new collection that it returns may hold.</param>
internal sealed record MethodSummary(
    ImmutableHashSet<ISymbol> Mutated,
    ImmutableHashSet<SessionRoot> Marked,
    ImmutableHashSet<Place> Settled,
    ImmutableHashSet<Thing> Returned,
    ImmutableHashSet<Thing> Elements);
