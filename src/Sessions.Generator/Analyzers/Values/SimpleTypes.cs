using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>What the runtime's serializer stores with neither reflection nor a context: its <c>SimpleTypeInfoResolver</c> and <c>EnumJson</c>.</summary>
internal static class SimpleTypes
{
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal) { "Guid", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan" };

    public static bool IsKnown(ITypeSymbol type)
    {
        if (IsSimple(type) || type.TypeKind is TypeKind.TypeParameter or TypeKind.Error)
            return true;
        return type switch
        {
            IArrayTypeSymbol { Rank: 1, ElementType: var element } => IsSimple(element),
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } => IsSimple(value),
            INamedTypeSymbol { Name: "List", TypeArguments: [var element] } list => list.IsInNamespace("System.Collections.Generic") && IsSimple(element),
            INamedTypeSymbol { Name: "Dictionary", TypeArguments: [{ SpecialType: SpecialType.System_String }, var value] } dictionary =>
                dictionary.IsInNamespace("System.Collections.Generic") && IsSimple(value),
            _ => false,
        };
    }

    private static bool IsSimple(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.Dynamic
        || type.SpecialType is SpecialType.System_Object or SpecialType.System_DateTime
        || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String
        || (Named.Contains(type.Name) && type.IsInNamespace("System"));
}
