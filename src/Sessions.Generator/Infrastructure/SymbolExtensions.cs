using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sessions.Generator.Infrastructure;

internal static class SymbolExtensions
{
    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.HasName(metadataName))
                return attribute;
        }

        return null;
    }

    public static TypedConstant? FindNamedArgument(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value;
        }

        return null;
    }

    /// <summary>Whether the type is of this name; for a top-level type.</summary>
    public static bool HasName(this INamedTypeSymbol type, string metadataName) =>
        type.ContainingType is null
        && (type.Arity == 0 ? type.Name : type.MetadataName) is var name
        && metadataName.EndsWith(name, StringComparison.Ordinal)
        && IsNamed(type.ContainingNamespace, metadataName, metadataName.Length - name.Length - 1);

    public static IEnumerable<INamedTypeSymbol> SelfAndBaseTypes(this INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    public static IEnumerable<INamedTypeSymbol> SelfAndContainingTypes(this INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
            yield return current;
    }

    public static bool IsInNamespace(this ITypeSymbol type, string name) =>
        IsNamed(type.ContainingNamespace, name, name.Length);

    /// <summary>The declarations of a type in source: not those of record parameters or other oddities.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Declarations(this INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>();

    public static PropertyDeclarationSyntax? Declaration(this IPropertySymbol property, CancellationToken cancellationToken) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as PropertyDeclarationSyntax;

    public static bool IsPartial(this MemberDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>The source text of an attribute's argument: a positional one by its index, a named one by its name.</summary>
    public static ExpressionSyntax? FindArgument(this AttributeData attribute, int position, string? name, CancellationToken cancellationToken)
    {
        var arguments = (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax)?.ArgumentList?.Arguments;
        if (arguments is not { } list)
            return null;
        return name is null
            ? list.Where(argument => argument.NameEquals is null).ElementAtOrDefault(position)?.Expression
            : list.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;
    }

    // Compares part by part from the end, so that no full name has to be made
    private static bool IsNamed(INamespaceSymbol? space, string text, int end)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            var start = end - space.Name.Length;
            if (start < 0 || (end < text.Length && text[end] != '.') || string.CompareOrdinal(text, start, space.Name, 0, space.Name.Length) != 0)
                return false;
            end = start - 1;
        }

        return end == -1;
    }
}
