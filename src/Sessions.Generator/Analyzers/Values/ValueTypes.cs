using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>What the default serializer, System.Text.Json, sees in a type.</summary>
internal static class ValueTypes
{
    private const string Json = "System.Text.Json.Serialization.";

    /// <summary>What the type holds many of: an array's or a collection's element, a dictionary's value. Null for what holds nothing.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (type.SpecialType == SpecialType.System_String)
            return null;
        return DictionaryOf(type)?.TypeArguments[1]
            ?? Find(type, static name => name.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];
    }

    /// <summary>The dictionary that the type is; null for other types.</summary>
    public static INamedTypeSymbol? DictionaryOf(ITypeSymbol type) =>
        Find(type, static name => name.Name is "IDictionary" or "IReadOnlyDictionary" && name.Arity == 2 && name.IsInNamespace("System.Collections.Generic"));

    /// <summary>Whether the type, or whoever wrote it, tells the serializer how to read and write it.</summary>
    public static bool HasConverter(ISymbol symbol) => symbol.GetAttributes().Any(static attribute =>
        attribute.AttributeClass is { } name && name.SelfAndBaseTypes().Any(static type => type.HasName(Json + "JsonConverterAttribute")));

    public static bool IsPolymorphic(ITypeSymbol type) =>
        type.FindAttribute(Json + "JsonPolymorphicAttribute") is not null || type.FindAttribute(Json + "JsonDerivedTypeAttribute") is not null;

    /// <summary>The types that the serializer may find where this one is declared.</summary>
    public static IEnumerable<ITypeSymbol> DerivedTypes(ITypeSymbol type) =>
        type.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.HasName(Json + "JsonDerivedTypeAttribute") == true)
            .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value)
            .OfType<ITypeSymbol>();

    /// <summary>Whether it belongs to .NET: the serializer knows it, or it has members that are nobody's data.</summary>
    public static bool IsFrameworkType(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name is "System" or "Microsoft";
    }

    /// <summary>Public properties and fields, inherited ones too, without those that are ignored.</summary>
    public static IEnumerable<ValueMember> MembersOf(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in type.SelfAndBaseTypes().Where(static type => !IsFrameworkType(type)).SelectMany(static type => type.GetMembers()))
        {
            if (member.IsStatic || member.IsImplicitlyDeclared && member is IFieldSymbol || HasConverter(member) || !IsWritten(member))
                continue;
            if (member is IPropertySymbol { IsIndexer: false, GetMethod: not null } property && seen.Add(property.Name))
                yield return new(property.Name, property.Type, property.SetMethod is not null || IsConstructed(type, property));
            else if (member is IFieldSymbol field && seen.Add(field.Name))
                yield return new(field.Name, field.Type, IsRead: true);
        }
    }

    private static bool IsWritten(ISymbol member)
    {
        // Condition: 0 is Never, 1 is Always, which the attribute means when it says nothing
        if (member.FindAttribute(Json + "JsonIgnoreAttribute") is { } ignore && (ignore.FindNamedArgument("Condition")?.Value ?? 1) is 1)
            return false;
        return member.DeclaredAccessibility == Accessibility.Public || member.FindAttribute(Json + "JsonIncludeAttribute") is not null;
    }

    private static bool IsConstructed(INamedTypeSymbol type, IPropertySymbol property) =>
        type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter =>
            string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)));

    private static INamedTypeSymbol? Find(ITypeSymbol type, Func<INamedTypeSymbol, bool> isMeant) =>
        type is INamedTypeSymbol named && isMeant(named.OriginalDefinition) ? named
        : type.AllInterfaces.FirstOrDefault(face => isMeant(face.OriginalDefinition));
}
