using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Sessions.Generator.Analyzers;

namespace Sessions.CodeFixes;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NestedMutationShouldBeSavedFixer)), Shared]
public sealed class NestedMutationShouldBeSavedFixer() : SessionFixer(DiagnosticIds.NestedMutation, "Set Modified = true")
{
    // One mark does for all that a block changes in one session
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
    {
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return null;
        var marks = diagnostics
            .Select(diagnostic => FindMark(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic, model))
            .OfType<Mark>()
            .GroupBy(static mark => (mark.Statement.Parent, mark.Owner))
            .Select(static marks => marks.OrderBy(static mark => mark.Statement.SpanStart).Last())
            .ToArray();
        return document.WithSyntaxRoot(Insert(root, marks));
    });

    private protected override Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model) =>
        FindMark(node, diagnostic, model) is { } mark ? root => Insert(root, [mark]) : null;

    private static Mark? FindMark(SyntaxNode node, Diagnostic diagnostic, SemanticModel model)
    {
        if (!diagnostic.Properties.TryGetValue(NestedMutationShouldBeSavedAnalyzer.OwnerProperty, out var owner) || owner is null)
            return null;

        // a lambda or member that is one expression has no place for another statement
        var statement = node.FirstAncestorOrSelf<StatementSyntax>();
        if (statement is null || node.Ancestors().TakeWhile(parent => parent != statement).Any(IsExpressionBody))
            return null;
        return IsInScope(owner, statement, model) ? new(statement, owner) : null;
    }

    private static bool IsExpressionBody(SyntaxNode node) =>
        node is ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax { ExpressionBody: not null };

    private static bool IsInScope(string owner, StatementSyntax statement, SemanticModel model)
    {
        var name = owner.Split('.')[0].TrimEnd('!');
        return name is "" or "this" || !model.LookupSymbols(statement.SpanStart, name: name).IsEmpty;
    }

    private static SyntaxNode Insert(SyntaxNode root, IReadOnlyCollection<Mark> marks)
    {
        var changed = root.TrackNodes(marks.Select(static mark => mark.Statement));
        foreach (var (statement, owner) in marks)
        {
            var current = changed.GetCurrentNode(statement)!;
            var mark = SyntaxFactory.ParseStatement($"{(owner.Length == 0 ? "" : owner + ".")}Modified = true;")
                .WithLeadingTrivia(SyntaxFactory.ElasticMarker)
                .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
                .WithAdditionalAnnotations(Formatter.Annotation);

            // what may leave the block is marked before; the mark holds for the whole request
            var goesBefore = statement is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax);
            changed = current.Parent switch
            {
                BlockSyntax or SwitchSectionSyntax => Insert(changed, current, mark, goesBefore),
                GlobalStatementSyntax global => Insert(changed, global, SyntaxFactory.GlobalStatement(mark), goesBefore),
                _ => changed.ReplaceNode(current, BlockOf(current, mark, goesBefore)),
            };
        }

        return changed;
    }

    private static SyntaxNode Insert(SyntaxNode root, SyntaxNode place, SyntaxNode mark, bool goesBefore) =>
        goesBefore ? root.InsertNodesBefore(place, [mark]) : root.InsertNodesAfter(place, [mark]);

    private static BlockSyntax BlockOf(StatementSyntax statement, StatementSyntax mark, bool goesBefore)
    {
        var bare = statement.WithoutTrivia();
        StatementSyntax[] statements = goesBefore ? [mark, bare] : [bare, mark];
        return SyntaxFactory.Block(statements).WithTriviaFrom(statement).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private sealed record Mark(StatementSyntax Statement, string Owner);
}
