using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Infrastructure;
using Sessions.Generator.Models;

namespace Sessions.Generator;

/// <summary>Turns a key's property into its model.</summary>
internal static class SessionKeyParser
{
    public static SessionKeyModel Parse(INamedTypeSymbol shape, IPropertySymbol property, CancellationToken cancellationToken)
    {
        var declaration = property.Declaration(cancellationToken)!;
        var attribute = property.FindAttribute(WellKnownNames.SessionKeyAttribute);
        var type = TypeOf(property);
        var defaultValue = KeyDefaultRules.FormatDefault(property, attribute);
        var factory = FactoryOf(property, attribute, defaultValue);
        var isFactory = factory is not null;
        var isPrivate = GeneratedMembers.IsPrivate(property.DeclaredAccessibility);
        var taken = GeneratedMembers.FindKeyConflicts(shape, property).Aggregate(KeyMembers.None, static (all, one) => all | one.Member);

        return new()
        {
            Name = property.Name,
            Identifier = CSharpText.Identifier(property.Name),
            Type = CSharpText.Type(type),
            Modifiers = ModifiersOf(declaration),
            GetterModifier = ModifierOf(declaration, SyntaxKind.GetAccessorDeclaration),
            SetterModifier = ModifierOf(declaration, SyntaxKind.SetAccessorDeclaration),
            Getter = defaultValue is null && !isFactory && !IsOptional(type) ? "GetRequired" : "Get",
            ReadAccess = AccessText(property.GetMethod!.DeclaredAccessibility),
            WriteAccess = AccessText(property.SetMethod!.DeclaredAccessibility),
            UpdateAccess = AccessText(UpdateAccess(property)),
            KeyAccess = isPrivate ? null : property.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            IsNullWhenMissing = !IsOptional(type),
            Arguments = CSharpText.Literal(SessionShapeRules.GetKeyName(property)) + (defaultValue is null || isFactory ? "" : ", " + defaultValue),
            Initializers = Initializers(shape, property, attribute, factory).ToEquatableArray(),
            Schema = SessionSchemaParser.Parse(shape, property),
            HasFormerNames = FormerNames(attribute).Length > 0,
            Members = (SessionShapeRules.IsMutable(type) ? KeyMembers.All : KeyMembers.All & ~KeyMembers.Mutate) & ~taken,
        };
    }

    public static StandInModel ParseStandIn(IPropertySymbol property, CancellationToken cancellationToken)
    {
        var declaration = property.Declaration(cancellationToken)!;
        return new()
        {
            Identifier = CSharpText.Identifier(property.Name),
            Type = CSharpText.Type(TypeOf(property)),
            Modifiers = ModifiersOf(declaration),
            Accessors = (declaration.AccessorList?.Accessors ?? [])
                .Select(static accessor => ModifiersOf(accessor) + accessor.Keyword.Text)
                .ToEquatableArray(),
        };
    }

    private static string ModifiersOf(PropertyDeclarationSyntax declaration) =>
        string.Join(" ", declaration.Modifiers.Select(static modifier => modifier.Text));

    // Where nullability is not annotated, a missing reference is null, as everywhere else in such code
    private static ITypeSymbol TypeOf(IPropertySymbol property) =>
        property.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None }
            ? property.Type.WithNullableAnnotation(NullableAnnotation.Annotated)
            : property.Type;

    private static bool IsOptional(ITypeSymbol type) => type.IsValueType || type.NullableAnnotation == NullableAnnotation.Annotated;

    private static string ModifierOf(PropertyDeclarationSyntax declaration, SyntaxKind accessorKind)
    {
        var accessor = declaration.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.IsKind(accessorKind));
        return accessor is null ? "" : ModifiersOf(accessor);
    }

    private static string ModifiersOf(AccessorDeclarationSyntax accessor) =>
        string.Concat(accessor.Modifiers.Select(static modifier => modifier.Text + " "));

    // At most one accessor narrows the property's accessibility
    private static Accessibility UpdateAccess(IPropertySymbol property) =>
        property.GetMethod!.DeclaredAccessibility != property.DeclaredAccessibility
            ? property.GetMethod.DeclaredAccessibility
            : property.SetMethod!.DeclaredAccessibility;

    private static string AccessText(Accessibility accessibility) => SyntaxFacts.GetText(accessibility);

    private static string[] FormerNames(AttributeData? attribute) => [.. SessionSchemaParser.FormerNames(attribute).Select(CSharpText.Literal)];

    // What makes a default anew each time: an array that the attribute says, or a method; a default that is a value goes first
    private static string? FactoryOf(IPropertySymbol property, AttributeData? attribute, string? defaultValue) =>
        defaultValue is not null
            ? KeyDefaultRules.IsCollection(attribute) ? $"static () => {defaultValue}" : null
            : KeyDefaultRules.FindFactory(property, attribute) is { } method ? $"{CSharpText.Type(method.ContainingType)}.{CSharpText.Identifier(method.Name)}" : null;

    private static IEnumerable<string> Initializers(
        INamedTypeSymbol shape, IPropertySymbol property, AttributeData? attribute, string? factory)
    {
        if (factory is not null)
            yield return $"DefaultFactory = {factory}";

        if (FormerNames(attribute) is { Length: > 0 } names)
            yield return $"FormerNames = [{string.Join(", ", names)}]";
        yield return $"Property = {CSharpText.Literal($"{shape.Name}.{property.Name}")}";
    }
}
