using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;
using Sessions.Generator.Models;

namespace Sessions.Generator;

/// <summary>Turns a shape's symbol into its model.</summary>
internal static class SessionShapeParser
{
    /// <summary>The shape's model; null where there is nowhere to write its other part.</summary>
    public static SessionShapeModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var shape = (INamedTypeSymbol)context.TargetSymbol;
        if (!IsFirstDeclaration(context, cancellationToken)
            || !SessionShapeRules.HasLanguageVersion(context.TargetNode.SyntaxTree)
            || !shape.SelfAndContainingTypes().All(type => !type.IsFileLocal && SessionShapeRules.IsPartial(type, cancellationToken)))
            return null;

        var keys = SessionShapeRules.FindKeys(shape, cancellationToken);
        var isValid = SessionShapeRules.FindTypeFault(shape) is null
            && !GeneratedMembers.FindShapeConflicts(shape, keys, cancellationToken).Any();
        IReadOnlyList<IPropertySymbol> printed = isValid ? keys : [];
        var fullName = CSharpText.Type(shape);
        return new()
        {
            HintName = HintName.For(fullName.Substring("global::".Length)),
            Namespace = shape.ContainingNamespace.IsGlobalNamespace ? null : NamespaceOf(shape),
            ContainingTypes = shape.SelfAndContainingTypes().Skip(1).Reverse().Select(Header).ToEquatableArray(),
            Header = Header(shape),
            Identifier = CSharpText.Identifier(shape.Name),
            FullName = fullName,
            IsValid = isValid,
            IsReachable = isValid && shape.SelfAndContainingTypes().All(static type =>
                type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal),
            ExtendsShape = GeneratedMembers.ExtendsShape(shape),
            PassesSessionToBase = PassesSessionToBase(shape),
            HasDebugView = shape.FindAttribute(WellKnownNames.DebuggerTypeProxyAttribute) is not null,
            Keys = printed.Select(key => SessionKeyParser.Parse(shape, key, cancellationToken)).ToEquatableArray(),
            StandIns = SessionShapeRules.FindUnimplemented(shape, cancellationToken)
                .Where(property => !printed.Contains(property, SymbolEqualityComparer.Default))
                .Select(property => SessionKeyParser.ParseStandIn(property, cancellationToken))
                .ToEquatableArray(),
        };
    }

    // The attribute may stand, wrongly, on two parts of one class: the compiler reports that
    private static bool IsFirstDeclaration(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol.FindAttribute(WellKnownNames.SessionShapeAttribute)?.ApplicationSyntaxReference is { } reference
        && context.TargetNode.Contains(reference.GetSyntax(cancellationToken));

    private static string NamespaceOf(INamedTypeSymbol shape)
    {
        var names = new List<string>();
        for (var space = shape.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            names.Insert(0, CSharpText.Identifier(space.Name));
        return string.Join(".", names);
    }

    private static string Header(INamedTypeSymbol type)
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        var parameters = type.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(static parameter => CSharpText.Identifier(parameter.Name)))}>";
        return $"partial {keyword} {CSharpText.Identifier(type.Name)}{parameters}";
    }

    private static bool PassesSessionToBase(INamedTypeSymbol shape) =>
        GeneratedMembers.ExtendsShape(shape)
        || shape.BaseType?.InstanceConstructors.Any(static constructor =>
            constructor.DeclaredAccessibility != Accessibility.Private
            && constructor.Parameters is [{ Type: INamedTypeSymbol type }]
            && type.HasName(WellKnownNames.Session)) == true;
}
