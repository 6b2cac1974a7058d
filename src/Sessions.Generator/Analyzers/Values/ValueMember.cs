using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>A member that the serializer writes with its owner.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRead">Whether the serializer reads it again: it has a setter, or stands in a constructor.</param>
internal sealed record ValueMember(string Name, ITypeSymbol Type, bool IsRead);
