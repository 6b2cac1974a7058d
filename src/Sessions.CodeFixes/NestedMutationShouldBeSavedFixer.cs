using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sessions.CodeFixes.NestedMutations;
using Sessions.Generator.Analyzers;

namespace Sessions.CodeFixes;

/// <summary>Three ways to save a nested mutation: a mark, the value assigned back, a <c>Mutate</c> method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NestedMutationShouldBeSavedFixer)), Shared]
public sealed class NestedMutationShouldBeSavedFixer : CodeFixProvider
{
    internal const string Mark = "Set Modified = true";
    internal const string AssignBack = "Assign the value back";
    internal const string Mutate = "Change it through a Mutate method";

    private static readonly string[] Titles = [Mark, AssignBack, Mutate];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NestedMutation];

    // One mark does for all that a block changes in one session
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
    {
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return null;
        var edits = diagnostics
            .Select(diagnostic => FindEdit(context.CodeActionEquivalenceKey, root, diagnostic, model, context.CancellationToken))
            .OfType<NestedMutationEdit>();
        return document.WithSyntaxRoot(NestedMutationEdit.ApplyAll(root, edits));
    });

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var title in Titles)
            {
                if (FindEdit(title, root, diagnostic, model, context.CancellationToken) is not { } edit)
                    continue;
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(NestedMutationEdit.ApplyAll(root, [edit]))),
                        equivalenceKey: title),
                    diagnostic);
            }
        }
    }

    private static NestedMutationEdit? FindEdit(
        string? title, SyntaxNode root, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellationToken)
    {
        var mutation = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return title switch
        {
            Mark => FindMark(mutation, diagnostic, model),
            AssignBack => FindAssignment(mutation, diagnostic, model),
            Mutate => MutateRewrite.Find(mutation, model, cancellationToken),
            _ => null,
        };
    }

    private static StatementEdit? FindMark(SyntaxNode mutation, Diagnostic diagnostic, SemanticModel model)
    {
        if (Property(diagnostic, NestedMutationShouldBeSavedAnalyzer.OwnerProperty) is not { } owner
            || StatementPlace.Find(mutation, model) is not { } place
            || !IsInScope(owner, place, model))
            return null;
        return new(place, $"{(owner.Length == 0 ? "" : owner + ".")}Modified = true;");
    }

    private static StatementEdit? FindAssignment(SyntaxNode mutation, Diagnostic diagnostic, SemanticModel model)
    {
        if (Property(diagnostic, NestedMutationShouldBeSavedAnalyzer.WriteProperty) is not { } write
            || Property(diagnostic, NestedMutationShouldBeSavedAnalyzer.VariableProperty) is not { } variable
            || StatementPlace.Find(mutation, model) is not { IsBefore: false } place)
            return null;
        var text = write.Replace("{0}", variable);
        var isInScope = SyntaxFactory.ParseStatement(text).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(static name => name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name)
            .All(name => IsInScope(name.Identifier.ValueText, place, model));
        return isInScope && CanAssign(write, variable, place, model) ? new(place, text) : null;
    }

    // A property takes only its own type; Set takes any
    private static bool CanAssign(string write, string variable, StatementPlace place, SemanticModel model)
    {
        if (!write.EndsWith(" = {0};", StringComparison.Ordinal))
            return true;
        var statement = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement(write.Replace("{0}", variable));
        var assignment = (AssignmentExpressionSyntax)statement.Expression;
        var position = place.Anchor.SpanStart;
        var target = model.GetSpeculativeTypeInfo(position, assignment.Left, SpeculativeBindingOption.BindAsExpression).Type;
        var value = model.LookupSymbols(position, name: variable).FirstOrDefault() switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => null,
        };
        return target is not null && value is not null && model.Compilation.ClassifyConversion(value, target) is { Exists: true, IsImplicit: true };
    }

    private static bool IsInScope(string owner, StatementPlace place, SemanticModel model)
    {
        var name = owner.Split('.')[0].TrimEnd('!');
        return name is "" or "this" || !model.LookupSymbols(place.Anchor.SpanStart, name: name).IsEmpty;
    }

    private static string? Property(Diagnostic diagnostic, string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value : null;
}
