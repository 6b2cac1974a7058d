using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>Applies a fixer to a source: the result must be the expected one, compile, and not be reported again.</summary>
internal static class FixTest<TAnalyzer, TFixer>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFixer : CodeFixProvider, new()
{
    /// <summary>Fixes one place after the other; where the fixer offers several ways, the one of this title.</summary>
    public static async Task Verify(string source, string expected, string? title = null, AnalyzerOptions? options = null)
    {
        var text = source;
        for (var i = 0; i < 20; i++)
        {
            var diagnostics = await AnalyzerTest<TAnalyzer>.Run(text, analyzerOptions: options);
            if (diagnostics.IsEmpty)
                break;
            text = await ApplyAsync(text, document => FindAction(document, diagnostics[0], title));
        }

        await IsFixed(expected, text, options);
    }

    /// <summary>Fixes all places at once.</summary>
    public static async Task VerifyAll(string source, string expected, string? title = null, AnalyzerOptions? options = null)
    {
        var diagnostics = await AnalyzerTest<TAnalyzer>.Run(source, analyzerOptions: options);
        var text = await ApplyAsync(source, async document =>
        {
            var fixer = new TFixer();
            var key = title ?? (await FindAction(document, diagnostics[0], title))!.EquivalenceKey;
            var here = await RelocateAsync(document, diagnostics);
            var context = new FixAllContext(
                document, fixer, FixAllScope.Document, key, fixer.FixableDiagnosticIds, new Provider(here), TestContext.Current.CancellationToken);
            return await fixer.GetFixAllProvider()!.GetFixAsync(context);
        });
        await IsFixed(expected, text, options);
    }

    /// <summary>The rule reports, and the fixer leaves it to the user.</summary>
    public static async Task OffersNothing(string source, string? title = null)
    {
        var diagnostics = await AnalyzerTest<TAnalyzer>.Run(source);
        Assert.NotEmpty(diagnostics);
        using var workspace = new AdhocWorkspace();
        foreach (var diagnostic in diagnostics)
            Assert.Null(await FindAction(Open(workspace, source), diagnostic, title));
    }

    private static async Task IsFixed(string expected, string actual, AnalyzerOptions? options)
    {
        Assert.Equal(expected, actual);
        GeneratorRun.Over(JsonGenerator.Run(TestCompilation.Create(actual))).CompilesWithoutWarning();
        Assert.Empty(await AnalyzerTest<TAnalyzer>.Run(actual, analyzerOptions: options));
    }

    private static async Task<string> ApplyAsync(string source, Func<Document, Task<CodeAction?>> find)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        var action = await find(document);
        Assert.NotNull(action);
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        var text = await solution.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken);
        return text.ToString();
    }

    private static async Task<CodeAction?> FindAction(Document document, Diagnostic diagnostic, string? title)
    {
        var actions = new List<CodeAction>();
        var here = await RelocateAsync(document, [diagnostic]);
        await new TFixer().RegisterCodeFixesAsync(
            new CodeFixContext(document, here[0], (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions.SingleOrDefault(action => title is null || action.EquivalenceKey == title);
    }

    public static Document Open(AdhocWorkspace workspace, string source)
    {
        var compilation = GeneratorRun.Over(TestCompilation.Create(source)).Output; // as in an editor, fixers see what is generated
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "Test", "Test", LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: TestCompilation.ParseOptions(),
            metadataReferences: TestCompilation.References));
        var solution = project.Solution;
        foreach (var tree in compilation.SyntaxTrees)
            solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), tree.FilePath, tree.GetText(), filePath: tree.FilePath);
        return solution.GetProject(project.Id)!.Documents.Single(static document => document.Name == TestCompilation.FileName);
    }

    // the diagnostics come from the compilation that the generator has completed; the workspace has trees of its own
    private static async Task<ImmutableArray<Diagnostic>> RelocateAsync(Document document, IEnumerable<Diagnostic> diagnostics)
    {
        var tree = await document.GetSyntaxTreeAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.Select(diagnostic => Diagnostic.Create(
            diagnostic.Descriptor, Location.Create(tree!, diagnostic.Location.SourceSpan), additionalLocations: null, diagnostic.Properties))];
    }

    private sealed class Provider(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
