using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A session, by the place where the code got it. A shape and the session that it was made from have one root.</summary>
/// <param name="Kind">How the code got it.</param>
/// <param name="Identity">The symbol that names it, the request's <c>HttpContext</c>, or the syntax that creates it; null when unknown.</param>
/// <param name="Path">The expression around the symbol, for a member of something else.</param>
/// <param name="Type">The type under which the code got it: the session's, or a shape's.</param>
internal sealed record SessionRoot(SessionRootKind Kind, object? Identity, string Path, ITypeSymbol? Type)
{
    /// <summary>Whether the two may be one session. A request has one, whichever shapes view it: only what is surely two is two.</summary>
    public bool MayBe(SessionRoot other) =>
        Equals(other)
        || (Kind, other.Kind) switch
        {
            (SessionRootKind.Created, _) or (_, SessionRootKind.Created) => false,
            (SessionRootKind.Request, SessionRootKind.Request) => Identity is null || other.Identity is null,
            (SessionRootKind.Named, SessionRootKind.Named) => !SymbolEqualityComparer.Default.Equals(Type, other.Type),
            _ => true,
        };

    /// <summary>Whether the root means nothing outside of a function: its parameter, its local, or created in it.</summary>
    public bool IsLocalTo(IMethodSymbol function, SyntaxNode body) => Identity switch
    {
        SyntaxNode site => body.FullSpan.Contains(site.Span) && body.SyntaxTree == site.SyntaxTree,
        ISymbol symbol => symbol is IParameterSymbol or ILocalSymbol
            && (SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, function)
                || symbol.DeclaringSyntaxReferences.Any(place => place.SyntaxTree == body.SyntaxTree && body.Span.Contains(place.Span))),
        _ => false,
    };
}
