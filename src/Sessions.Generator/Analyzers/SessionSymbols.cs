using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers;

/// <summary>The runtime's types, as the analyzed compilation sees them.</summary>
internal sealed class SessionSymbols
{
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
            ? new(session, sessionKey)
            : null;

    public bool IsSession(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, Session);

    public bool IsSessionKey(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, SessionKey);

    /// <summary>Whether the operation is <c>session["key"]</c>.</summary>
    public bool IsSessionIndexer(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { IsIndexer: true } property } && IsSession(property.ContainingType);

    /// <summary>Whether the operation calls a method of <c>Session</c>.</summary>
    public bool IsSessionCall(IInvocationOperation invocation) => IsSession(invocation.TargetMethod.ContainingType);
}
