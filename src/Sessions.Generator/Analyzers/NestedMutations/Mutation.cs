using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A change of an object in place.</summary>
/// <param name="Token">The smallest piece of source that names the change.</param>
/// <param name="Name">The method or the member, for the message.</param>
internal sealed record Mutation(SyntaxNode Token, string Name)
{
    /// <summary>The variable that holds the whole value; null where none does.</summary>
    public string? Variable { get; init; }

    /// <summary>Whether it was made in an earlier round of a loop: what tells of the last one says nothing of it.</summary>
    public bool IsEarlier { get; init; }

    public bool Equals(Mutation? other) => other is not null && Token == other.Token && IsEarlier == other.IsEarlier;

    public override int GetHashCode() => Token.GetHashCode() + (IsEarlier ? 1 : 0);
}
