using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Where a value is kept: under a key of a session.</summary>
/// <param name="Root">The session.</param>
/// <param name="Key">The key's name, or the symbol that holds it; null when unknown, or for all keys.</param>
internal sealed record Place(SessionRoot Root, object? Key)
{
    /// <summary>The operation that read or wrote the value here: a fix repeats it.</summary>
    public IOperation? Access { get; init; }

    /// <summary>Whether the two may be one place: a name and a symbol may always be one key.</summary>
    public bool MayBe(Place other) => Root.MayBe(other.Root) && (Key, other.Key) switch
    {
        (string one, string two) => one == two,
        (ISymbol one, ISymbol two) => SymbolEqualityComparer.Default.Equals(one, two),
        _ => true,
    };

    public bool Equals(Place? other) => other is not null && Root.Equals(other.Root) && Equals(Key, other.Key);

    public override int GetHashCode() => (Root.GetHashCode() * 31) + (Key?.GetHashCode() ?? 0);
}
