using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers;

/// <summary>A key's name as the code states it.</summary>
/// <param name="Name">The whole name, with its shape's prefix.</param>
/// <param name="Location">Where the user would change it.</param>
/// <param name="IsInShape">Whether a shape's property has it.</param>
/// <param name="IsWhole">Whether all of it is known: <c>"_" + id</c> only begins with <paramref name="Name"/>.</param>
internal sealed record KeyName(string Name, Location Location, bool IsInShape, bool IsWhole = true);
