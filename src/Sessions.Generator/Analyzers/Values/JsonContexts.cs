using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>The types that the compilation's source-generated JSON contexts cover.</summary>
internal sealed class JsonContexts(Compilation compilation)
{
    private readonly Lazy<HashSet<ITypeSymbol>> _covered = new(() => FindCovered(compilation));

    /// <summary>Whether a context covers the type, or the session knows it without one.</summary>
    public bool Covers(ITypeSymbol type) => SimpleTypes.IsKnown(type) || _covered.Value.Contains(type);

    /// <summary>The contexts that the compilation declares.</summary>
    public static IEnumerable<INamedTypeSymbol> Find(Compilation compilation) =>
        ShapeKeys.FindTypes(compilation.Assembly.GlobalNamespace).Where(static type => type.BaseType is { } parent
            && parent.SelfAndBaseTypes().Any(static type => type.HasName("System.Text.Json.Serialization.JsonSerializerContext")));

    private static HashSet<ITypeSymbol> FindCovered(Compilation compilation)
    {
        var covered = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var attribute in Find(compilation).SelectMany(static context => context.GetAttributes()))
        {
            if (attribute.AttributeClass?.HasName("System.Text.Json.Serialization.JsonSerializableAttribute") == true
                && attribute.ConstructorArguments is [{ Value: ITypeSymbol type }])
                Add(type, covered);
        }

        return covered;
    }

    // A context covers all that its types are made of
    private static void Add(ITypeSymbol type, HashSet<ITypeSymbol> covered)
    {
        if (!covered.Add(type))
            return;
        if (ValueTypes.ElementOf(type) is { } element)
            Add(element, covered);
        if (type is not INamedTypeSymbol named)
            return;
        foreach (var argument in named.TypeArguments)
            Add(argument, covered);
        foreach (var derived in ValueTypes.DerivedTypes(type))
            Add(derived, covered);
        if (!ValueTypes.IsFrameworkType(type))
        {
            foreach (var member in ValueTypes.MembersOf(named))
                Add(member.Type, covered);
        }
    }
}
