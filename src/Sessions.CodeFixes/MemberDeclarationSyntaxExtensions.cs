using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sessions.CodeFixes;

internal static class MemberDeclarationSyntaxExtensions
{
    /// <summary>Adds <c>partial</c> as the last modifier, where it is missing.</summary>
    public static TMember WithPartial<TMember>(this TMember member) where TMember : MemberDeclarationSyntax
    {
        if (member.Modifiers.Any(SyntaxKind.PartialKeyword))
            return member;
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0)
            return (TMember)member.WithModifiers(member.Modifiers.Add(partial));

        // the first token's comments and indentation move to the new one; attributes stand before the modifiers and keep theirs
        var first = member.AttributeLists.Count > 0 ? member.AttributeLists.Last().GetLastToken().GetNextToken() : member.GetFirstToken();
        var bare = member.ReplaceToken(first, first.WithLeadingTrivia());
        return (TMember)bare.WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(first.LeadingTrivia)));
    }

    /// <summary>Drops a modifier; the comments and the indentation before it stay.</summary>
    public static TMember WithoutModifier<TMember>(this TMember member, SyntaxKind kind) where TMember : MemberDeclarationSyntax
    {
        var index = member.Modifiers.IndexOf(kind);
        if (index < 0)
            return member;
        var leading = member.Modifiers[index].LeadingTrivia;
        var next = member.Modifiers[index].GetNextToken();
        var moved = leading.Count == 0 ? member : member.ReplaceToken(next, next.WithLeadingTrivia(leading.AddRange(next.LeadingTrivia)));
        return (TMember)moved.WithModifiers(moved.Modifiers.RemoveAt(index));
    }
}
