using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Sessions.CodeFixes.NestedMutations;

/// <summary>Writes one more statement after the mutation's, or before one that may leave the block.</summary>
/// <param name="Place">Where it goes.</param>
/// <param name="Text">The statement.</param>
internal sealed record StatementEdit(StatementPlace Place, string Text) : NestedMutationEdit(Place.Anchor)
{
    public override bool Covers(NestedMutationEdit earlier) =>
        earlier is StatementEdit other
        && other.Text == Text
        && (other.Anchor == Anchor || (other.Anchor is StatementSyntax && BlockAround(other.Anchor) == BlockAround(Anchor) && !MayLeaveSince(other.Anchor)));

    public override SyntaxNode Apply(SyntaxNode root, SyntaxNode anchor)
    {
        var added = SyntaxFactory.ParseStatement(Text)
            .WithLeadingTrivia(SyntaxFactory.ElasticMarker)
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation);
        return (anchor, anchor.Parent) switch
        {
            (_, BlockSyntax or SwitchSectionSyntax) => Insert(root, anchor, added),
            (_, GlobalStatementSyntax global) => Insert(root, global, SyntaxFactory.GlobalStatement(added)),
            (StatementSyntax statement, _) => root.ReplaceNode(statement, BlockOf(statement.WithoutTrivia(), added).WithTriviaFrom(statement)),
            (ExpressionSyntax body, AnonymousFunctionExpressionSyntax function) =>
                root.ReplaceNode(function, WithBlock(function, StatementOf(body), added)),
            (ExpressionSyntax body, ArrowExpressionClauseSyntax { Parent: { } member }) =>
                root.ReplaceNode(member, WithBody(member, BlockOf(StatementOf(body), added))),
            _ => root,
        };
    }

    private static SyntaxNode? BlockAround(SyntaxNode statement) =>
        statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;

    // What leaves the block between the two leaves the later one's statement out
    private bool MayLeaveSince(SyntaxNode earlier) => BlockAround(earlier)!.ChildNodes()
        .Where(node => node.SpanStart >= earlier.SpanStart && node.SpanStart < Anchor.SpanStart)
        .SelectMany(static node => node.DescendantNodesAndSelf(
            static inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        .Any(static node => node is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or GotoStatementSyntax or YieldStatementSyntax);

    private SyntaxNode Insert(SyntaxNode root, SyntaxNode place, SyntaxNode added) =>
        Place.IsBefore ? root.InsertNodesBefore(place, [added]) : root.InsertNodesAfter(place, [added]);

    private BlockSyntax BlockOf(StatementSyntax statement, StatementSyntax added)
    {
        StatementSyntax[] statements = Place.IsBefore ? [added, statement] : [statement, added];
        return SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private StatementSyntax StatementOf(ExpressionSyntax body) => Place.GivesValue
        ? SyntaxFactory.ReturnStatement(
            SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            body.WithoutTrivia(),
            SyntaxFactory.Token(SyntaxKind.SemicolonToken))
        : SyntaxFactory.ExpressionStatement(body.WithoutTrivia());

    private AnonymousFunctionExpressionSyntax WithBlock(AnonymousFunctionExpressionSyntax function, StatementSyntax statement, StatementSyntax added)
    {
        var block = BlockOf(statement, added).WithTrailingTrivia(function.GetTrailingTrivia());
        return (function switch
        {
            ParenthesizedLambdaExpressionSyntax lambda => lambda.WithExpressionBody(null).WithBlock(block),
            SimpleLambdaExpressionSyntax lambda => lambda.WithExpressionBody(null).WithBlock(block),
            _ => function,
        }).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SyntaxNode WithBody(SyntaxNode member, BlockSyntax block)
    {
        var end = member.GetTrailingTrivia();
        SyntaxNode changed = member switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            LocalFunctionStatementSyntax function => function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            ConstructorDeclarationSyntax constructor => constructor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            OperatorDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            AccessorDeclarationSyntax accessor => accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            PropertyDeclarationSyntax property => property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(GetterOf(block)),
            IndexerDeclarationSyntax indexer => indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(GetterOf(block)),
            _ => member,
        };
        return changed.WithTrailingTrivia(end).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static AccessorListSyntax GetterOf(BlockSyntax block) => SyntaxFactory.AccessorList(
        SyntaxFactory.SingletonList(SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, block)));
}
