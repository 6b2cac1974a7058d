using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What an expression may give, as far as it matters here.</summary>
internal abstract record Thing
{
    /// <summary>What a member of the object holds, where nothing else is known of it.</summary>
    public Thing? Part => this switch
    {
        Stored stored => stored with { IsWhole = false },
        Made made => made with { IsPart = true },
        Given given => given with { IsPart = true },
        _ => null,
    };

    /// <summary>The object itself, for a part of it.</summary>
    public Thing Whole => this switch
    {
        Made made => made with { IsPart = false },
        Given given => given with { IsPart = false },
        _ => this,
    };

    /// <summary>An object that came out of a session, or a part of it.</summary>
    public sealed record Stored(Place Place, bool IsWhole) : Thing;

    /// <summary>An object that the code has made, or a part of it: the last one made at this place.</summary>
    public sealed record Made(SyntaxNode Site, bool IsPart = false) : Thing;

    /// <summary>An object that was there before, or a part of it: a parameter's, a field's, or <c>this</c>.</summary>
    public sealed record Given(ISymbol Symbol, bool IsPart = false) : Thing;

    /// <summary>A session, or a shape of it.</summary>
    public sealed record Owner(SessionRoot Root) : Thing;

    /// <summary>A lambda or a local function.</summary>
    public sealed record Function(IMethodSymbol Symbol, ControlFlowGraph Graph) : Thing
    {
        public bool Equals(Function? other) => other is not null && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

        public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Symbol);
    }

    /// <summary>Whether the mutation changed anything: its result, false or zero where it did not.</summary>
    public sealed record Outcome(Mutation Mutation) : Thing;

    /// <summary>Whether the session is marked.</summary>
    public sealed record Mark(SessionRoot Root) : Thing;
}
