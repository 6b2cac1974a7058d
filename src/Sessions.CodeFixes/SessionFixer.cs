using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Sessions.CodeFixes;

/// <summary>What every fixer shares: one rule, one change to the syntax tree, and fix-all.</summary>
public abstract class SessionFixer : CodeFixProvider
{
    private readonly string _title;

    private protected SessionFixer(string id, string title)
    {
        FixableDiagnosticIds = [id];
        _title = title;
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Fix(node, diagnostic, model) is { } change)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(_title, _ => Task.FromResult(context.Document.WithSyntaxRoot(change(root))), equivalenceKey: _title),
                    diagnostic);
            }
        }
    }

    /// <summary>The change, which the fixer is sure of; null where it has nothing to offer.</summary>
    private protected abstract Func<SyntaxNode, SyntaxNode>? Fix(SyntaxNode node, Diagnostic diagnostic, SemanticModel model);
}
