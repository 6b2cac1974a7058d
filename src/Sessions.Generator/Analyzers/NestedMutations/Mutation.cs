using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A change of an object in place.</summary>
/// <param name="Operation">What changes it.</param>
/// <param name="Target">The object.</param>
/// <param name="Name">The method or the member, for the message.</param>
/// <param name="Location">The smallest token that names the change.</param>
internal sealed record Mutation(IOperation Operation, IOperation Target, string Name, Location Location);
