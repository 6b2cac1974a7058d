using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers;

/// <summary>The runtime's types and the shapes, as the analyzed compilation sees them; all analyzers share what they find out.</summary>
internal sealed class SessionSymbols
{
    private static readonly ConditionalWeakTable<Compilation, SessionSymbols> Known = new();

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _owners = new(SymbolEqualityComparer.Default);

    private SessionSymbols(INamedTypeSymbol session, INamedTypeSymbol sessionKey)
    {
        Session = session;
        SessionKey = sessionKey;
    }

    public INamedTypeSymbol Session { get; }

    public INamedTypeSymbol SessionKey { get; }

    public static SessionSymbols? Find(Compilation compilation) =>
        compilation.GetTypeByMetadataName(WellKnownNames.Session) is { } session
        && compilation.GetTypeByMetadataName(WellKnownNames.SessionKey) is { } sessionKey
            ? Known.GetValue(compilation, _ => new(session, sessionKey))
            : null;

    public bool IsSession(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Session" } && SymbolEqualityComparer.Default.Equals(type, Session);

    /// <summary>Whether the type is <c>Session</c>, or a shape, or derives from one.</summary>
    public bool IsSessionOrShape(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None, OriginalDefinition: var definition })
            return false;
        if (!_owners.TryGetValue(definition, out var isOwner))
            _owners[definition] = isOwner = IsSession(definition) || definition.SelfAndBaseTypes().Any(SessionShapeRules.IsShape);
        return isOwner;
    }

    public bool IsSessionKey(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "SessionKey" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, SessionKey);

    /// <summary>Whether the operation is <c>session["key"]</c>.</summary>
    public bool IsSessionIndexer(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { IsIndexer: true } property } && IsSession(property.ContainingType);

    /// <summary>Whether the operation calls a method of <c>Session</c>.</summary>
    public bool IsSessionCall(IInvocationOperation invocation) => IsSession(invocation.TargetMethod.ContainingType);
}
