using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers;

/// <summary>The keys of every shape that a compilation declares or references, by their names.</summary>
internal sealed class ShapeKeys
{
    // The assemblies outlive the compilations that share them
    private static readonly ConditionalWeakTable<Compilation, Lazy<ShapeKeys>> Known = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, IReadOnlyList<IPropertySymbol>> KnownReferences = new();

    private readonly ILookup<string, IPropertySymbol> _keys;

    private ShapeKeys(IEnumerable<IPropertySymbol> keys) => _keys = keys.ToLookup(SessionShapeRules.GetKeyName, StringComparer.Ordinal);

    /// <summary>The properties that stand for a key: those of references first, then in the order of files and lines.</summary>
    public IEnumerable<IPropertySymbol> this[string name] => _keys[name];

    /// <summary>All properties, by their keys' names.</summary>
    public ILookup<string, IPropertySymbol> ByName => _keys;

    public static ShapeKeys Of(Compilation compilation) => Known.GetValue(compilation, static key => new(() => Find(key))).Value;

    private static ShapeKeys Find(Compilation compilation)
    {
        var runtime = compilation.GetTypeByMetadataName(WellKnownNames.Session)?.ContainingAssembly.Name;
        var referenced = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == runtime)))
            .SelectMany(static assembly => KnownReferences.GetValue(assembly, FindReferenced));
        var own = FindTypes(compilation.Assembly.GlobalNamespace)
            .Where(SessionShapeRules.IsShape)
            .SelectMany(static shape => SessionShapeRules.FindKeys(shape, CancellationToken.None))
            .OrderBy(static key => key.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static key => key.Locations[0].SourceSpan.Start);
        return new(referenced.Concat(own));
    }

    private static IReadOnlyList<IPropertySymbol> FindReferenced(IAssemblySymbol assembly) =>
        [.. FindTypes(assembly.GlobalNamespace).Where(SessionShapeRules.IsShape).SelectMany(SessionShapeRules.FindReferencedKeys)];

    internal static IEnumerable<INamedTypeSymbol> FindTypes(INamespaceOrTypeSymbol container)
    {
        foreach (var type in container.GetTypeMembers())
        {
            yield return type;
            foreach (var nested in FindTypes(type))
                yield return nested;
        }

        if (container is INamespaceSymbol space)
        {
            foreach (var type in space.GetNamespaceMembers().SelectMany(static inner => FindTypes(inner)))
                yield return type;
        }
    }
}
