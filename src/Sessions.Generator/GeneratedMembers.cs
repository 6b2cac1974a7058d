using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.Generator.Infrastructure;
using Sessions.Generator.Models;

namespace Sessions.Generator;

/// <summary>The members that a shape gets, and who else has taken their names.</summary>
internal static class GeneratedMembers
{
    public const string Tool = "Sessions.Generator";

    /// <summary>Whether this generator wrote the symbol; analyzers see its output beside the user's.</summary>
    public static bool IsGenerated(ISymbol symbol) =>
        symbol.FindAttribute("System.CodeDom.Compiler.GeneratedCodeAttribute") is { ConstructorArguments: [{ Value: Tool }, ..] };

    /// <summary>Whether this generator implemented the property, which the user declared.</summary>
    public static bool IsImplemented(IPropertySymbol property) => property.GetMethod is { } getter && IsGenerated(getter);

    public static IEnumerable<NameConflict> FindConflicts(INamedTypeSymbol shape, CancellationToken cancellationToken)
    {
        var keys = SessionShapeRules.FindKeys(shape, cancellationToken);
        return FindShapeConflicts(shape, keys, cancellationToken)
            .Concat(keys.SelectMany(key => FindKeyConflicts(shape, key)));
    }

    /// <summary>Conflicts of the members that a shape cannot do without.</summary>
    public static IEnumerable<NameConflict> FindShapeConflicts(
        INamedTypeSymbol shape, IReadOnlyCollection<IPropertySymbol> keys, CancellationToken cancellationToken)
    {
        foreach (var constructor in shape.InstanceConstructors)
        {
            if (!constructor.IsImplicitlyDeclared && !IsGenerated(constructor) && IsInTheWay(constructor, cancellationToken))
                yield return new(shape.Name, constructor, Key: null, KeyMembers.None);
        }

        var names = new List<string> { "Keys" };
        if (!ExtendsShape(shape))
            names.AddRange(["Session", "Modified"]);
        if (keys.Any(static key => IsPrivate(key.DeclaredAccessibility)))
            names.Add("PrivateKeys");
        foreach (var name in names)
        {
            if (FindTaker(shape, name, isMethod: false, static _ => true) is { } taker)
                yield return new(name, taker, Key: null, KeyMembers.None);
        }

        if (FindTaker(shape, "BindAsync", isMethod: true, static method => TakesOnly(method, "Microsoft.AspNetCore.Http.HttpContext")) is { } binder)
            yield return new("BindAsync", binder, Key: null, KeyMembers.None);
    }

    public static IEnumerable<NameConflict> FindKeyConflicts(INamedTypeSymbol shape, IPropertySymbol key)
    {
        foreach (var (member, name, signature) in MembersOf(key))
        {
            if (FindTaker(shape, name, signature is not null, method => signature!(method)) is { } taker)
                yield return new(name, taker, key, member);
        }
    }

    /// <summary>Whether only the shape, or those who extend it, see the property.</summary>
    public static bool IsPrivate(Accessibility accessibility) =>
        accessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;

    public static bool ExtendsShape(INamedTypeSymbol shape) => shape.BaseType is { } type && type.SelfAndBaseTypes().Any(SessionShapeRules.IsShape);

    // A null signature stands for a property
    private static IEnumerable<(KeyMembers Member, string Name, Func<IMethodSymbol, bool>? Signature)> MembersOf(IPropertySymbol key)
    {
        bool TakesValue(IMethodSymbol method) => Takes(method, key.Type) && method.Parameters[0].RefKind == RefKind.None;
        bool TakesOut(IMethodSymbol method) => Takes(method, key.Type) && method.Parameters[0].RefKind != RefKind.None;
        bool TakesChange(IMethodSymbol method) => method.Parameters is [{ Type: INamedTypeSymbol { Name: "Action", TypeArguments: [var type] } }]
            && SymbolEqualityComparer.Default.Equals(type, key.Type);
        static bool TakesNothing(IMethodSymbol method) => method.Parameters.IsEmpty;

        yield return (KeyMembers.Has, "Has" + key.Name, null);
        yield return (KeyMembers.TryGet, "TryGet" + key.Name, TakesOut);
        yield return (KeyMembers.Get, "Get" + key.Name, TakesValue);
        yield return (KeyMembers.Pop, "Pop" + key.Name, TakesNothing);
        yield return (KeyMembers.PopOrDefault, "Pop" + key.Name, TakesValue);
        yield return (KeyMembers.SetDefault, "SetDefault" + key.Name, TakesValue);
        yield return (KeyMembers.Remove, "Remove" + key.Name, TakesNothing);
        if (SessionShapeRules.IsMutable(key.Type))
            yield return (KeyMembers.Mutate, "Mutate" + key.Name, TakesChange);
    }

    // Methods share a name as long as their signatures differ; nothing else does
    private static ISymbol? FindTaker(INamedTypeSymbol shape, string name, bool isMethod, Func<IMethodSymbol, bool> hasSignature)
    {
        if (shape.Name == name)
            return shape;
        foreach (var type in shape.SelfAndBaseTypes().TakeWhile(static type => type.SpecialType != SpecialType.System_Object))
        {
            var isOwn = SymbolEqualityComparer.Default.Equals(type, shape);
            foreach (var member in type.GetMembers(name))
            {
                var isSeen = isOwn || (member.DeclaredAccessibility != Accessibility.Private && !SessionShapeRules.IsShape(type));
                if (isSeen && !IsGenerated(member) && (!isMethod || member is not IMethodSymbol method || (method.Arity == 0 && hasSignature(method))))
                    return member;
            }
        }

        return null;
    }

    private static bool Takes(IMethodSymbol method, ITypeSymbol type) =>
        method.Parameters is [var parameter] && SymbolEqualityComparer.Default.Equals(parameter.Type, type);

    private static bool TakesOnly(IMethodSymbol method, string typeName) =>
        method.Parameters is [{ Type: INamedTypeSymbol type }] && type.HasName(typeName);

    // Either the same signature, or a primary constructor, which every other one would have to call
    private static bool IsInTheWay(IMethodSymbol constructor, CancellationToken cancellationToken) =>
        TakesOnly(constructor, WellKnownNames.Session)
        || constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax);
}
