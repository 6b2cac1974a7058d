using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Analyzers.Values;

namespace Sessions.Generator.Analyzers.Escapes;

/// <summary>What is a session, or holds one.</summary>
internal sealed class SessionHolders(SessionSymbols symbols)
{
    // A type may be a collection of itself
    private const int MaxDepth = 8;

    private readonly ConcurrentDictionary<ITypeSymbol, bool> _holds = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the type is <c>Session</c> or a shape.</summary>
    public bool IsSession(ITypeSymbol? type) => symbols.IsSessionOrShape(type);

    /// <summary>Whether values of the type hold sessions: itself, in a collection, a tuple, a task or a lazy value.</summary>
    public bool Holds(ITypeSymbol type) => Holds(type, depth: 0);

    /// <summary>Whether a field, or a property that has one behind it, holds sessions.</summary>
    public bool IsHeldBy(ISymbol member) => member switch
    {
        IFieldSymbol field => Holds(field.Type),
        IPropertySymbol property => Holds(property.Type) && IsStored(property),
        _ => false,
    };

    /// <summary>The constructor parameters and instance members that hold sessions.</summary>
    public IEnumerable<ISymbol> FindHeld(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || IsSession(type))
            return [];
        var parameters = type.InstanceConstructors
            .Where(static constructor => !constructor.IsImplicitlyDeclared)
            .SelectMany(static constructor => constructor.Parameters)
            .Where(parameter => Holds(parameter.Type));
        var members = type.GetMembers().Where(member => !member.IsStatic && !member.IsImplicitlyDeclared && IsHeldBy(member));
        return parameters.Concat(members);
    }

    public static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }

    private bool Holds(ITypeSymbol type, int depth)
    {
        if (depth == MaxDepth)
            return false;
        if (!_holds.TryGetValue(type, out var holds))
            _holds[type] = holds = IsSession(type) || (MayHold(type, depth + 1) && FindHolds(type, depth + 1));
        return holds;
    }

    // Of .NET's own types only those that are given a session hold one: this spares the interfaces of most types
    private bool MayHold(ITypeSymbol type, int depth) =>
        type is not INamedTypeSymbol { ContainingType: null } named
        || !ValueTypes.IsFrameworkType(named)
        || named.TypeArguments.Any(argument => Holds(argument, depth));

    private bool FindHolds(ITypeSymbol type, int depth) =>
        (ValueTypes.ElementOf(type) is { } element && !IsWeakTable(type) && Holds(element, depth))
        || (type is INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments } named
            && (named.IsTupleType || named.Name is "Lazy" or "Task" or "ValueTask" or "WeakReference" or "StrongBox")
            && arguments.Any(argument => Holds(argument, depth)));

    private static bool IsStored(IPropertySymbol property) => property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    // Its entries end with their keys, such as the request
    private static bool IsWeakTable(ITypeSymbol type) => type.Name == "ConditionalWeakTable";
}
