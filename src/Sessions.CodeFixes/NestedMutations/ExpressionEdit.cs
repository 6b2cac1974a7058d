using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sessions.CodeFixes.NestedMutations;

/// <summary>Replaces an expression.</summary>
internal sealed record ExpressionEdit(ExpressionSyntax Expression, ExpressionSyntax Replacement) : NestedMutationEdit(Expression)
{
    public override SyntaxNode Apply(SyntaxNode root, SyntaxNode anchor) => root.ReplaceNode(anchor, Replacement.WithTriviaFrom(Expression));
}
