using System.Collections.Immutable;
using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Schemas;

namespace Sessions.CodeFixes;

/// <summary>Keeps the former name of a renamed key, or updates the schema file.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(StoredKeyShouldStayReadableFixer),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)]), Shared]
public sealed class StoredKeyShouldStayReadableFixer : CodeFixProvider
{
    internal const string KeepTitle = "Keep the former name";
    internal const string UpdateTitle = "Update " + SessionSchema.FileName;

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.SchemaBroken];

    // The file is written as a whole, so that one update is all
    public override FixAllProvider GetFixAllProvider() => new ProjectFixAllProvider(UpdateTitle, static (project, _, _, cancellationToken) =>
        UpdateAsync(project, cancellationToken));

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (context.TextDocument is Document document
                && diagnostic.Properties.TryGetValue(StoredKeyShouldStayReadableAnalyzer.FormerNameProperty, out var name) && name is not null
                && await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is { } root
                && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } property
                && Keep(property, name) is { } changed)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(KeepTitle, _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(property, changed))), equivalenceKey: KeepTitle),
                    diagnostic);
            }

            if (FindSchema(project) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(UpdateTitle, cancellationToken => UpdateAsync(project, cancellationToken), equivalenceKey: UpdateTitle),
                    diagnostic);
            }
        }
    }

    private static PropertyDeclarationSyntax? Keep(PropertyDeclarationSyntax property, string name)
    {
        var element = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));
        var argument = property.FindSessionKey()?.ArgumentList?.Arguments
            .FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "FormerNames");
        return argument?.Expression switch
        {
            null => property.WithSessionKeyArgument(SyntaxFactory.AttributeArgument(
                SyntaxFactory.NameEquals("FormerNames"), nameColon: null, SyntaxFactory.ParseExpression($"[{element}]"))),
            CollectionExpressionSyntax list => property.ReplaceNode(list, list.AddElements(SyntaxFactory.ExpressionElement(element)).NormalizeWhitespace()),
            _ => null,
        };
    }

    private static async Task<Solution> UpdateAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var text = SessionSchema.Print(StoredKeyShouldStayReadableAnalyzer.FindKeys(compilation!).Select(static key => key.Key));
        return FindSchema(project) is { } schema
            ? project.Solution.WithAdditionalDocumentText(schema.Id, SourceText.From(text, Encoding.UTF8))
            : project.Solution;
    }

    private static TextDocument? FindSchema(Project project) =>
        project.AdditionalDocuments.FirstOrDefault(static document => SessionSchema.IsSchema(document.FilePath ?? document.Name));
}
