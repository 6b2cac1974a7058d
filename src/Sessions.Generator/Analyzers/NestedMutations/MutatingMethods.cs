using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>The collections' methods that change them, and those that hand out an element.</summary>
internal static class MutatingMethods
{
    private static readonly HashSet<string> Names =
    [
        "Add", "AddAfter", "AddBefore", "AddFirst", "AddLast", "AddOrUpdate", "AddRange", "And", "Clear", "Dequeue", "DequeueEnqueue",
        "Enqueue", "EnqueueDequeue", "EnqueueRange", "ExceptWith", "Fill", "GetOrAdd", "Insert", "InsertRange", "IntersectWith",
        "LeftShift", "Move", "Not", "Or", "Pop", "Push", "PushRange", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast",
        "RemoveRange", "RemoveWhere", "Reverse", "RightShift", "Set", "SetAll", "SetAt", "SetByIndex", "SetValue", "Sort",
        "SymmetricExceptWith", "Take", "TryAdd", "TryDequeue", "TryPop", "TryPopRange", "TryRemove", "TryTake", "TryUpdate", "UnionWith",
        "Xor",
    ];

    private static readonly HashSet<string> Picks =
    [
        "ElementAt", "ElementAtOrDefault", "Find", "FindLast", "First", "FirstOrDefault", "GetValueOrDefault", "Last", "LastOrDefault",
        "MaxBy", "MinBy", "Peek", "Single", "SingleOrDefault",
    ];

    public static bool IsMutating(IMethodSymbol method) =>
        Names.Contains(method.Name)
        && (IsCollectionLibrary(method.ContainingType)
            || IsArray(method.ContainingType)
            || (!method.IsStatic && IsCollection(method.ContainingType)));

    /// <summary>Whether the method gives an element of its receiver, as the object that it is.</summary>
    public static bool IsPick(IMethodSymbol method) => Picks.Contains(method.Name) && IsFromLibrary(method);

    /// <summary>Whether the method comes with .NET's collections, or with LINQ over them.</summary>
    public static bool IsFromLibrary(IMethodSymbol method) =>
        IsCollectionLibrary(method.ContainingType) || method.ContainingType.HasName("System.Linq.Enumerable") || IsArray(method.ContainingType);

    private static bool IsArray(INamedTypeSymbol type) => type.SpecialType == SpecialType.System_Array;

    private static bool IsCollectionLibrary(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is "System.Collections" or "System.Collections.Generic" or "System.Collections.Concurrent"
            or "System.Collections.ObjectModel" or "System.Collections.Specialized" or "System.Text.Json.Nodes";

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is not ("System.Collections.Immutable" or "System.Collections.Frozen")
        && type.AllInterfaces.Any(static face =>
            face.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T
            || face.HasName("System.Collections.IList")
            || face.HasName("System.Collections.IDictionary"));
}
