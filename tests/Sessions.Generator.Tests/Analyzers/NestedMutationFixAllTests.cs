using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

/// <summary>Fixing all nested mutations of two projects, with two documents each.</summary>
public sealed class NestedMutationFixAllTests
{
    private const string Shape = "[SessionShape] public partial class CartSession { public partial List<int> Lines { get; set; } }";

    private static readonly string[] Projects = ["Shop", "Admin"];
    private static readonly string[] Files = ["First.cs", "Second.cs"];

    public static MatrixTheoryData<FixAllScope, string> Cases => new(
        [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution],
        [NestedMutationShouldBeSavedFixer.Mark, NestedMutationShouldBeSavedFixer.AssignBack, NestedMutationShouldBeSavedFixer.Mutate]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task All_of_a_scope_is_fixed_and_nothing_else(FixAllScope scope, string title)
    {
        using var workspace = new AdhocWorkspace();
        var before = Open(workspace, isVariable: title == NestedMutationShouldBeSavedFixer.AssignBack);
        var start = before.Projects.Single(static project => project.Name == "Shop").Documents.Single(static document => document.Name == "First.cs");
        var fixer = new NestedMutationShouldBeSavedFixer();
        var context = new FixAllContext(start, fixer, scope, title, fixer.FixableDiagnosticIds, new Provider(), TestContext.Current.CancellationToken);

        var action = await fixer.GetFixAllProvider().GetFixAsync(context);
        var operations = await action!.GetOperationsAsync(TestContext.Current.CancellationToken);
        var after = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;

        foreach (var document in before.Projects.SelectMany(static project => project.Documents))
        {
            var isInScope = Files.Contains(document.Name)
                && (scope == FixAllScope.Solution || document.Project == start.Project)
                && (scope != FixAllScope.Document || document == start);
            var (old, now) = (await TextAsync(document), await TextAsync(after.GetDocument(document.Id)!));
            Assert.Equal(isInScope, old != now);
        }

        foreach (var project in after.Projects)
        {
            var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(compilation!.GetDiagnostics(TestContext.Current.CancellationToken), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            var left = await AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.Run(compilation);
            var expected = scope == FixAllScope.Solution ? [] : project.Name != "Shop" ? Files : scope == FixAllScope.Document ? ["Second.cs"] : [];
            Assert.Equal(expected, left.Select(static diagnostic => diagnostic.Location.SourceTree!.FilePath).Distinct().Order(StringComparer.Ordinal));
        }
    }

    private static Solution Open(AdhocWorkspace workspace, bool isVariable)
    {
        var solution = workspace.CurrentSolution;
        foreach (var name in Projects)
        {
            var trees = Files.Select(file => CSharpSyntaxTree.ParseText(Uses(Path.GetFileNameWithoutExtension(file), isVariable), TestCompilation.ParseOptions(), file));
            var compilation = GeneratorRun.Over(TestCompilation.Create(Shape, assemblyName: name).AddSyntaxTrees([.. trees])).Output;
            var id = ProjectId.CreateNewId();
            solution = solution.AddProject(ProjectInfo.Create(
                id, VersionStamp.Create(), name, name, LanguageNames.CSharp,
                compilationOptions: compilation.Options, parseOptions: TestCompilation.ParseOptions(), metadataReferences: TestCompilation.References));
            foreach (var tree in compilation.SyntaxTrees)
                solution = solution.AddDocument(DocumentId.CreateNewId(id), tree.FilePath, tree.GetText(TestContext.Current.CancellationToken), filePath: tree.FilePath);
        }

        return solution;
    }

    private static string Uses(string name, bool isVariable) => $$"""
        public static class {{name}}
        {
            public static void Add(CartSession cart)
            {
                {{(isVariable ? "var lines = cart.Lines;\n        lines.Add(1);" : "cart.Lines.Add(1);")}}
            }

            public static void Clear(CartSession cart)
            {
                {{(isVariable ? "var lines = cart.Lines;\n        lines.Clear();" : "cart.Lines.Clear();")}}
            }
        }
        """;

    private static async Task<string> TextAsync(Document document) => (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private sealed class Provider : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            var compilation = await project.GetCompilationAsync(cancellationToken);
            return await compilation!.WithAnalyzers([(DiagnosticAnalyzer)new NestedMutationShouldBeSavedAnalyzer()]).GetAnalyzerDiagnosticsAsync(cancellationToken);
        }

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.FilePath);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
