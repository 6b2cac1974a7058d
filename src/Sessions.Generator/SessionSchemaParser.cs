using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;
using Sessions.Generator.Models;

namespace Sessions.Generator;

/// <summary>Turns a key's property into its row in the schema file.</summary>
internal static class SessionSchemaParser
{
    // An annotation is no change of what is stored
    private static readonly SymbolDisplayFormat NameFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static SchemaKeyModel Parse(INamedTypeSymbol shape, IPropertySymbol property)
    {
        var attribute = property.FindAttribute(WellKnownNames.SessionKeyAttribute);
        return new(
            shape.ToDisplayString(NameFormat),
            SessionShapeRules.GetKeyName(property),
            property.Type.ToDisplayString(NameFormat),
            DefaultOf(property, attribute),
            FormerNames(attribute).ToEquatableArray());
    }

    public static IEnumerable<string> FormerNames(AttributeData? attribute) =>
        attribute?.FindNamedArgument("FormerNames") is { Kind: TypedConstantKind.Array, IsNull: false } names
            ? names.Values.Select(static name => name.Value).OfType<string>()
            : [];

    private static string? DefaultOf(IPropertySymbol property, AttributeData? attribute) =>
        KeyDefaultRules.FormatDefault(property, attribute)?.Replace("global::", "")
        ?? (KeyDefaultRules.FindFactory(property, attribute) is { } factory ? factory.Name + "()" : null);
}
