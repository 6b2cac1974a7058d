using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What the methods of .NET's collections, LINQ and the like do to the objects that they are given.</summary>
internal static class LibraryMethods
{
    private static readonly HashSet<string> Mutating =
    [
        "Add", "AddAfter", "AddBefore", "AddFirst", "AddLast", "AddOrUpdate", "AddRange", "And", "Append", "AppendFormat", "AppendJoin", "AppendLine",
        "Clear", "Dequeue", "DequeueEnqueue", "Enqueue", "EnqueueDequeue", "EnqueueRange", "ExceptWith", "Fill", "GetOrAdd", "Insert", "InsertRange",
        "IntersectWith", "LeftShift", "Move", "Not", "Or", "Pop", "Push", "PushRange", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast",
        "RemoveRange", "RemoveWhere", "Replace", "ReplaceWith", "Reverse", "RightShift", "Set", "SetAll", "SetAt", "SetByIndex", "SetItem", "SetValue",
        "Sort", "SymmetricExceptWith", "Take", "TryAdd", "TryDequeue", "TryPop", "TryPopRange", "TryRemove", "TryTake", "TryUpdate", "UnionWith", "Xor",
        "Shuffle", "GetValueRefOrAddDefault", "SetCount", "Initialize", "NextBytes", "GetItems",
    ];

    private static readonly HashSet<string> Picks =
    [
        "Aggregate", "ElementAt", "ElementAtOrDefault", "Find", "FindLast", "First", "FirstOrDefault", "GetOrAdd", "AddOrUpdate", "GetByIndex", "GetReference",
        "GetValue", "GetValueAtIndex", "GetValueOrDefault", "GetValueRefOrAddDefault", "GetValueRefOrNullRef", "GetArrayDataReference", "Last",
        "LastOrDefault", "Max", "MaxBy", "Min", "MinBy", "Peek", "Single", "SingleOrDefault",
    ];

    // The same object, or a view that writes through to it
    private static readonly HashSet<string> Views =
    [
        "AsArray", "AsMemory", "AsObject", "AsSpan", "AsEnumerable", "Append", "AppendFormat", "AppendJoin", "AppendLine", "Insert", "Replace", "Remove",
        "Clear", "GetEnumerator", "GetAsyncEnumerator", "GetViewBetween", "AsReadOnly", "ConfigureAwait", "FromResult", "Slice", "Find", "FindLast",
        "GetAlternateLookup", "GetConsumingEnumerable", "ToBlockingEnumerable", "AddAfter", "AddBefore", "AddFirst", "AddLast",
    ];

    private static readonly HashSet<string> Targets = ["array", "destination", "destinationArray", "dst", "target"];

    private static readonly ConcurrentDictionary<string, bool> CollectionNamespaces = new(StringComparer.Ordinal);

    /// <summary>Which argument the method changes in place: -1 for the receiver; null for none.</summary>
    public static int? FindMutated(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (method.Name is "CopyTo" or "TryCopyTo" or "Copy" or "ConstrainedCopy" or "BlockCopy")
        {
            return IsKnown(type) || type.HasName("System.Buffer")
                ? method.Parameters.FirstOrDefault(static parameter => Targets.Contains(parameter.Name))?.Ordinal
                : null;
        }

        if (!Mutating.Contains(method.Name))
            return null;
        if (type.HasName("System.Random"))
            return method.Name is "Shuffle" or "NextBytes" ? 0 : null;
        if (type.HasName("System.Security.Cryptography.RandomNumberGenerator"))
            return method.Name is "Shuffle" or "Fill" ? 0 : null;
        if (IsLinq(type) || IsImmutable(type) || !(IsKnown(type) || IsCollection(type)))
            return null;
        if (method.IsStatic && !method.IsExtensionMethod && !IsArray(type) && !IsMarshal(type))
            return null;
        return method.IsStatic ? 0 : -1;
    }

    /// <summary>The receiver or the argument that <see cref="FindMutated"/> named.</summary>
    public static IOperation? TargetOf(IInvocationOperation call, int index) =>
        index < 0 ? call.Instance : call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == index)?.Value;

    /// <summary>Whether the method belongs to the library, and so leaves alone what it is not known to change.</summary>
    public static bool IsFromLibrary(IMethodSymbol method) => IsFromLibrary(method.ContainingType) || IsLinq(method.ContainingType);

    public static bool IsLinq(INamedTypeSymbol type) =>
        type.Name is "Enumerable" or "ParallelEnumerable" or "AsyncEnumerable" or "Queryable" && type.IsInNamespace("System.Linq");

    /// <summary>Whether the method gives an element of its receiver, as the object that it is.</summary>
    public static bool IsPick(IMethodSymbol method) =>
        Picks.Contains(method.Name) && !(method.ContainingType.Name == "LinkedList" && method.ContainingType.IsInNamespace("System.Collections.Generic"));

    /// <summary>Whether the method gives its receiver itself, or a view of it.</summary>
    public static bool IsView(IMethodSymbol method) =>
        Views.Contains(method.Name) && (method.Name == "GetEnumerator" || !IsImmutable(method.ContainingType));

    public static bool IsProjection(IMethodSymbol method) => method.Name is "Select" or "SelectMany" or "Zip" or "Aggregate" or "ConvertAll";

    /// <summary>Whether assigning the property changes nothing that is stored.</summary>
    public static bool IsRoomOnly(IPropertySymbol property) => property.Name == "Capacity" && IsFromLibrary(property.ContainingType);

    private static bool IsFromLibrary(INamedTypeSymbol type) => IsKnown(type) || IsCollection(type);

    private static bool IsArray(INamedTypeSymbol type) => type.SpecialType == SpecialType.System_Array;

    private static bool IsMarshal(INamedTypeSymbol type) => type.Name is "CollectionsMarshal" or "MemoryMarshal";

    public static bool IsImmutable(ITypeSymbol type) => NamespaceOf(type) is "System.Collections.Immutable" or "System.Collections.Frozen";

    private static bool IsKnown(INamedTypeSymbol type) =>
        IsArray(type)
        || (type.ContainingNamespace is { IsGlobalNamespace: false } space
            && CollectionNamespaces.GetOrAdd(space.ToDisplayString(), static name =>
                name == "System.Text.Json.Nodes" || name == "System.Collections" || name.StartsWith("System.Collections.", StringComparison.Ordinal)))
        || type is
        {
            Name: "StringBuilder" or "Span" or "Memory" or "ArraySegment" or "MemoryExtensions" or "CollectionsMarshal" or "MemoryMarshal"
                or "Task" or "ValueTask" or "Parallel",
            ContainingNamespace: { } known,
        } && known.ToDisplayString() is "System" or "System.Text" or "System.Runtime.InteropServices" or "System.Threading.Tasks";

    // A collection of somebody else's whose source is not here
    private static bool IsCollection(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.IsEmpty
        && !IsImmutable(type)
        && type.AllInterfaces.Any(static face =>
            face.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T
            || face.HasName("System.Collections.IList")
            || face.HasName("System.Collections.IDictionary"));

    private static string? NamespaceOf(ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false, Name: "Immutable" or "Frozen" } space ? space.ToDisplayString() : null;
}
