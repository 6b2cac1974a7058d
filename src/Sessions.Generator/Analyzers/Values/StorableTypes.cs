using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>Which types the default serializer can write and read again.</summary>
internal sealed class StorableTypes
{
    // A generic type can hold ever larger versions of itself
    private const int MaxDepth = 12;

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["System.Delegate"] = "a delegate",
        ["System.IO.Stream"] = "a stream",
        ["System.IO.TextReader"] = "a reader",
        ["System.IO.TextWriter"] = "a writer",
        ["System.Threading.Tasks.Task"] = "a task",
        ["System.Threading.Tasks.ValueTask"] = "a task",
        ["System.Threading.Tasks.ValueTask`1"] = "a task",
        ["Microsoft.AspNetCore.Http.HttpContext"] = "a request's own object",
        ["Microsoft.AspNetCore.Http.HttpRequest"] = "a request's own object",
        ["Microsoft.AspNetCore.Http.HttpResponse"] = "a request's own object",
        ["Sessions.Session"] = "the session itself",
        ["Microsoft.EntityFrameworkCore.DbContext"] = "a database connection",
        ["System.Data.Common.DbConnection"] = "a database connection",
        ["System.Data.Common.DbCommand"] = "a database connection",
        ["System.Data.Common.DbTransaction"] = "a database connection",
        ["System.Data.Common.DbDataReader"] = "a database connection",
        ["System.Linq.IQueryable"] = "a query",
        ["System.Linq.Expressions.Expression"] = "an expression",
        ["System.Collections.Generic.IAsyncEnumerable`1"] = "an asynchronous sequence",
        ["System.Collections.IEnumerator"] = "an enumerator",
        ["System.IServiceProvider"] = "a service provider",
        ["Microsoft.Extensions.DependencyInjection.IServiceScope"] = "a service provider",
        ["System.Threading.CancellationToken"] = "a cancellation token",
        ["System.Threading.CancellationTokenSource"] = "a cancellation token",
        ["System.Threading.Thread"] = "a thread",
        ["System.Threading.Timer"] = "a timer",
        ["System.Threading.PeriodicTimer"] = "a timer",
        ["System.Timers.Timer"] = "a timer",
        ["System.Threading.Lock"] = "a lock",
        ["System.Threading.SemaphoreSlim"] = "a lock",
        ["System.Threading.ReaderWriterLockSlim"] = "a lock",
        ["System.Threading.WaitHandle"] = "a lock",
        ["System.Net.Http.HttpClient"] = "a connection",
        ["System.Net.Http.HttpMessageHandler"] = "a connection",
        ["System.Net.Sockets.Socket"] = "a connection",
        ["System.Diagnostics.Process"] = "a process",
        ["System.Runtime.InteropServices.SafeHandle"] = "a handle",
        ["System.IntPtr"] = "a native number, whose size differs between machines",
        ["System.UIntPtr"] = "a native number, whose size differs between machines",
        ["System.Reflection.MemberInfo"] = "a part of the program",
        ["System.Reflection.Assembly"] = "a part of the program",
        ["System.Reflection.Module"] = "a part of the program",
        ["System.Security.Claims.ClaimsPrincipal"] = "a principal, whose claims refer back to it",
        ["System.Security.Claims.ClaimsIdentity"] = "an identity, whose claims refer back to it",
        ["System.Security.Claims.Claim"] = "a claim, which refers back to its identity",
        ["System.Exception"] = "an exception",
    };

    private static readonly HashSet<string> Collections = new(StringComparer.Ordinal)
    {
        "IEnumerable", "ICollection", "IList", "IReadOnlyList", "IReadOnlyCollection", "ISet", "IReadOnlySet", "IDictionary", "IReadOnlyDictionary",
        "IImmutableList", "IImmutableSet", "IImmutableDictionary", "IImmutableQueue", "IImmutableStack",
    };

    private static readonly HashSet<string> TextKeys = new(StringComparer.Ordinal)
    {
        "Guid", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "Version", "Half", "Int128", "UInt128",
    };

    private readonly ConcurrentDictionary<ITypeSymbol, TypeFault?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Why the type cannot be stored; null for one that can, and for a type parameter.</summary>
    public TypeFault? FindFault(ITypeSymbol type) => _known.GetOrAdd(type, static type =>
        Find(type, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), isRead: true, new(SymbolEqualityComparer.Default), depth: 0) is (var path, { } kind)
            ? new(path is null ? null : $"'{path}'", kind)
            : null);

    private static (string? Path, string? Kind) Find(ITypeSymbol type, string path, bool isRead, HashSet<ITypeSymbol> seen, int depth)
    {
        if (KindOf(type, isRead) is { } kind)
            return (depth == 0 ? null : path, kind);
        if (depth == MaxDepth || !seen.Add(type) || ValueTypes.HasConverter(type))
            return default;
        return PartsOf(type, path)
            .Select(part => Find(part.Type, part.Path, part.IsRead, seen, depth + 1))
            .FirstOrDefault(static fault => fault.Kind is not null);
    }

    private static IEnumerable<(ITypeSymbol Type, string Path, bool IsRead)> PartsOf(ITypeSymbol type, string path)
    {
        if (ValueTypes.ElementOf(type) is { } element)
            return [(element, path + "[]", true)];
        if (type is not INamedTypeSymbol named)
            return [];
        if (type.IsTupleType)
            return named.TupleElements.Select(item => (item.Type, $"{path}.{item.Name}", true));
        if (ValueTypes.IsFrameworkType(type))
            return named.TypeArguments.Select(argument => (argument, path, true));
        return ValueTypes.MembersOf(named).Select(member => (member.Type, $"{path}.{member.Name}", member.IsRead));
    }

    private static string? KindOf(ITypeSymbol type, bool isRead)
    {
        if (type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            return "a pointer";
        if (type.IsRefLikeType)
            return "a ref struct";
        if (type is not INamedTypeSymbol named || type.TypeKind is TypeKind.Error or TypeKind.TypeParameter or TypeKind.Enum || type.SpecialType == SpecialType.System_Object)
            return type is IArrayTypeSymbol { Rank: > 1 } ? "an array of several dimensions" : null;

        foreach (var known in named.SelfAndBaseTypes().Concat(named.AllInterfaces))
        {
            if (Kinds.TryGetValue($"{known.ContainingNamespace.ToDisplayString()}.{known.MetadataName}", out var kind))
                return kind;
        }

        if (ValueTypes.DictionaryOf(type) is { TypeArguments: [var key, _] } && !IsTextKey(key))
            return "a dictionary whose keys cannot be text";
        return isRead && (type.TypeKind == TypeKind.Interface || type.IsAbstract) && !CanBeCreated(named)
            ? type.TypeKind == TypeKind.Interface ? "an interface that cannot be created" : "an abstract class that cannot be created"
            : null;
    }

    private static bool CanBeCreated(INamedTypeSymbol type) =>
        ValueTypes.HasConverter(type)
        || ValueTypes.IsPolymorphic(type)
        || type.IsInNamespace("System.Text.Json.Nodes")
        || (Collections.Contains(type.Name)
            && (type.IsInNamespace("System.Collections.Generic") || type.IsInNamespace("System.Collections") || type.IsInNamespace("System.Collections.Immutable")));

    private static bool IsTextKey(ITypeSymbol key) =>
        key.TypeKind is TypeKind.Enum or TypeKind.TypeParameter or TypeKind.Error
        || key.SpecialType is SpecialType.System_Object or SpecialType.System_DateTime
        || key.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String
        || (TextKeys.Contains(key.Name) && key.IsInNamespace("System"))
        || ValueTypes.HasConverter(key);
}
