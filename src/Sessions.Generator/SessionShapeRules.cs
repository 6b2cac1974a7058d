using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator;

/// <summary>What a valid shape is: the parser skips what these rules refuse, the analyzers report it.</summary>
internal static class SessionShapeRules
{
    public const LanguageVersion MinLanguageVersion = LanguageVersion.CSharp13;

    private static readonly ConditionalWeakTable<INamedTypeSymbol, IReadOnlyList<IPropertySymbol>> Keys = new();

    public static bool IsShape(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Class && type.FindAttribute(WellKnownNames.SessionShapeAttribute) is not null;

    /// <summary>Whether the type is, or has somewhere inside, a shape.</summary>
    public static bool HoldsShape(INamedTypeSymbol type) => IsShape(type) || type.GetTypeMembers().Any(HoldsShape);

    public static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.Declarations(cancellationToken).All(static declaration => declaration.IsPartial());

    public static bool HasLanguageVersion(SyntaxTree tree) =>
        tree.Options is CSharpParseOptions options && options.LanguageVersion >= MinLanguageVersion;

    /// <summary>What kind of class it is that cannot be a shape; null for one that can.</summary>
    public static string? FindTypeFault(INamedTypeSymbol type) =>
        type.IsStatic ? "static"
        : type.IsAbstract ? "abstract"
        : type.IsFileLocal ? "local to its file"
        : type.IsGenericType && type.TypeParameters.Length > 0 ? "generic"
        : type.SelfAndContainingTypes().Any(static outer => outer.TypeParameters.Length > 0) ? "inside a generic type"
        : type.SelfAndContainingTypes().Any(static outer => outer.IsFileLocal) ? "inside a type that is local to its file"
        : null;

    /// <summary>What keeps a property that was meant as a key from being one; null for a key, and for what was never meant as one.</summary>
    public static string? FindPropertyFault(IPropertySymbol property, CancellationToken cancellationToken)
    {
        if (property.Declaration(cancellationToken) is not { } declaration || IsNoKey(property))
            return null;
        if (!declaration.IsPartial())
            return IsMeantAsKey(property, declaration) ? "not partial" : null;
        return property.IsStatic ? "static"
            : property.GetMethod is null ? "without get"
            : property.SetMethod is null ? "without set"
            : property.SetMethod.IsInitOnly ? "init-only"
            : property.IsRequired ? "required"
            : property.PartialImplementationPart is { } part && !GeneratedMembers.IsImplemented(part) ? "implemented by hand"
            : null;
    }

    /// <summary>Whether the generator implements the property.</summary>
    public static bool IsKey(IPropertySymbol property, CancellationToken cancellationToken) =>
        property.Declaration(cancellationToken)?.IsPartial() == true
        && !IsNoKey(property)
        && CanBeTypeArgument(property.Type)
        && FindPropertyFault(property, cancellationToken) is null;

    /// <summary>The properties that the generator implements; most rules ask for them.</summary>
    public static IReadOnlyList<IPropertySymbol> FindKeys(INamedTypeSymbol shape, CancellationToken cancellationToken) =>
        Keys.GetValue(shape, type => [.. type.GetMembers().OfType<IPropertySymbol>().Where(property => IsKey(property, cancellationToken))]);

    /// <summary>The keys of a shape that another assembly has, as its generator left them.</summary>
    public static IEnumerable<IPropertySymbol> FindReferencedKeys(INamedTypeSymbol shape) =>
        shape.GetMembers().OfType<IPropertySymbol>().Where(static property =>
            !IsNoKey(property) && GeneratedMembers.IsImplemented(property.PartialImplementationPart ?? property));

    /// <summary>The properties that are keys, or would be if it were not for their types.</summary>
    public static IEnumerable<IPropertySymbol> FindKeysOfAnyType(INamedTypeSymbol shape, CancellationToken cancellationToken) =>
        shape.GetMembers().OfType<IPropertySymbol>().Where(property =>
            property.Declaration(cancellationToken)?.IsPartial() == true
            && !IsNoKey(property)
            && FindPropertyFault(property, cancellationToken) is null);

    /// <summary>The partial properties that nobody has implemented: keys, and what should be one.</summary>
    public static IEnumerable<IPropertySymbol> FindUnimplemented(INamedTypeSymbol shape, CancellationToken cancellationToken) =>
        shape.GetMembers().OfType<IPropertySymbol>().Where(property =>
            property is { IsPartialDefinition: true, PartialImplementationPart: null, Name.Length: > 0 }
            && !IsNoKey(property)
            && CanBeWritten(property.Type)
            && property.Declaration(cancellationToken) is not null);

    /// <summary>The key's name in the session, with its shape's prefix.</summary>
    public static string GetKeyName(IPropertySymbol property) => GetPrefix(property.ContainingType) + (GetOwnKeyName(property) ?? property.Name);

    /// <summary>The name that <c>[SessionKey("name")]</c> gives; null where the property's own name holds.</summary>
    public static string? GetOwnKeyName(IPropertySymbol property) =>
        property.FindAttribute(WellKnownNames.SessionKeyAttribute) is { ConstructorArguments: [{ Value: string name }] } ? name : null;

    public static string GetPrefix(INamedTypeSymbol shape) =>
        shape.FindAttribute(WellKnownNames.SessionShapeAttribute)?.FindNamedArgument("Prefix")?.Value as string ?? "";

    /// <summary>Whether a value of the type can be changed in place, as far as its type tells.</summary>
    public static bool IsMutable(ITypeSymbol type) =>
        type.IsReferenceType
        && type.SpecialType != SpecialType.System_String
        && !type.IsInNamespace("System.Collections.Immutable")
        && !type.IsInNamespace("System.Collections.Frozen");

    private static bool IsNoKey(IPropertySymbol property) =>
        property.IsIndexer || property.RefKind != RefKind.None || property.ExplicitInterfaceImplementations.Length > 0;

    private static bool IsMeantAsKey(IPropertySymbol property, PropertyDeclarationSyntax declaration) =>
        property.FindAttribute(WellKnownNames.SessionKeyAttribute) is not null
        || (!property.IsStatic
            && property is { GetMethod: not null, SetMethod: not null, IsAbstract: false, IsExtern: false }
            && declaration.AccessorList?.Accessors.All(static accessor => accessor.Body is null && accessor.ExpressionBody is null) == true);

    private static bool CanBeTypeArgument(ITypeSymbol type) => !type.IsRefLikeType && CanBeWritten(type);

    private static bool CanBeWritten(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_Void && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer);
}
