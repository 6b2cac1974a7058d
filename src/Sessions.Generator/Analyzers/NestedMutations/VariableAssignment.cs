using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>One place where a variable gets an object.</summary>
/// <param name="Value">The object, or the collection or object that it is a part of; null when unknown.</param>
/// <param name="OutOf">The call that gives it through an <c>out</c> parameter; null for any other assignment.</param>
internal sealed record VariableAssignment(IOperation? Value, IInvocationOperation? OutOf = null);
