using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Analyzers.Values;

namespace Sessions.CodeFixes;

/// <summary>Adds the type to the compilation's first context; where there is none, writes one at the end of the file.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JsonContextShouldCoverTypeFixer)), Shared]
public sealed class JsonContextShouldCoverTypeFixer : CodeFixProvider
{
    private const string Title = "Add [JsonSerializable]";

    private const string Json = "global::System.Text.Json.Serialization";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.NoJsonContext];

    // One context takes the types of a whole project
    public override FixAllProvider GetFixAllProvider() => new ProjectFixAllProvider(Title, static (project, document, diagnostics, cancellationToken) =>
        AddTypesAsync(document ?? project.Documents.First(), diagnostics, cancellationToken));

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellationToken => AddTypesAsync(context.Document, context.Diagnostics, cancellationToken), equivalenceKey: Title),
            context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Solution> AddTypesAsync(Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var types = diagnostics
            .Select(static diagnostic => diagnostic.Properties.TryGetValue(JsonContextShouldCoverTypeAnalyzer.TypeProperty, out var type) ? type : null)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static type => type, StringComparer.Ordinal);
        var attributes = types.Select(AttributeOf).ToArray();
        var compilation = await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var declaration = JsonContexts.Find(compilation!)
            .SelectMany(static context => context.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellationToken))
            .OfType<ClassDeclarationSyntax>()
            .FirstOrDefault(declaration => document.Project.GetDocument(declaration.SyntaxTree) is not null);

        var target = declaration is null ? document : document.Project.GetDocument(declaration.SyntaxTree)!;
        var root = await target.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var changed = declaration is null ? AddContext((CompilationUnitSyntax)root!, attributes) : root!.ReplaceNode(declaration, AddTo(declaration, attributes));
        return target.WithSyntaxRoot(changed).Project.Solution;
    }

    private static ClassDeclarationSyntax AddTo(ClassDeclarationSyntax context, AttributeListSyntax[] attributes)
    {
        if (context.AttributeLists.Count > 0)
            return context.AddAttributeLists(attributes);

        // the comments before the class stay first
        var leading = context.GetLeadingTrivia();
        return context.WithoutLeadingTrivia().WithAttributeLists(SyntaxFactory.List(attributes)).WithLeadingTrivia(leading);
    }

    private static CompilationUnitSyntax AddContext(CompilationUnitSyntax root, AttributeListSyntax[] attributes)
    {
        var context = ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(
                $"internal sealed partial class SessionJsonContext : {Json}.JsonSerializerContext;")!)
            .WithAttributeLists(SyntaxFactory.List(attributes))
            .WithLeadingTrivia(SyntaxFactory.ElasticLineFeed, SyntaxFactory.ElasticLineFeed)
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
        return root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().FirstOrDefault() is { } space
            ? root.ReplaceNode(space, space.AddMembers(context))
            : root.AddMembers(context);
    }

    private static AttributeListSyntax AttributeOf(string type) =>
        SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
                SyntaxFactory.ParseName($"{Json}.JsonSerializable"),
                SyntaxFactory.ParseAttributeArgumentList($"(typeof({type}))"))))
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
}
