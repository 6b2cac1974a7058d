using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>A type whose values the code reads from a session, or writes to one.</summary>
/// <param name="Type">The type.</param>
/// <param name="Location">Where the user would change it.</param>
internal sealed record StoredValue(ITypeSymbol Type, Location Location);
