using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A value that lives in a session.</summary>
/// <param name="Owner">The session or the shape that it came out of, or was put into.</param>
/// <param name="Key">Its key's name, or the symbol that holds the key; null when unknown.</param>
internal sealed record SessionValue(IOperation? Owner, object? Key)
{
    /// <summary>Whether the two may be under one key: a name and a symbol may always be.</summary>
    public bool MayShareKeyWith(SessionValue other) => (Key, other.Key) switch
    {
        (string one, string two) => one == two,
        (ISymbol one, ISymbol two) => SymbolEqualityComparer.Default.Equals(one, two),
        _ => true,
    };
}
