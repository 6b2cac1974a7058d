using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class StoredKeyShouldStayReadableAnalyzerTests
{
    private const string Schema = """
        {
          "Shop.CartSession": {
            "cart.Lines": { "type": "System.Collections.Generic.List<string>" },
            "cart.Note": { "type": "string" },
            "cart.Visits": { "type": "int" }
          }
        }

        """;

    [Theory]
    [InlineData("public partial int Visits { get; set; } public partial string? Note { get; set; } public partial List<string> Lines { get; set; } public partial int More { get; set; }")]
    [InlineData("[SessionKey(FormerNames = [\"cart.Visits\"])] public partial int Count { get; set; } public partial string Note { get; set; } public partial List<string> Lines { get; set; }")]
    public Task Additions_former_names_and_annotations_are_fine(string members) => Verify(members);

    [Theory]
    [InlineData("public partial long [|Visits|] { get; set; } public partial string? Note { get; set; } public partial List<string> Lines { get; set; }", "which is a 'long' now")]
    [InlineData("[SessionKey(FormerNames = [\"cart.Visits\"])] public partial long [|Count|] { get; set; } public partial string? Note { get; set; } public partial List<string> Lines { get; set; }", "which is a 'long' now")]
    [InlineData("public partial int [|Count|] { get; set; } public partial string? Note { get; set; } public partial List<string> Lines { get; set; }", "which is 'cart.Count' now: keep the former name")]
    [InlineData("public partial int Visits { get; set; } public partial int Other { get; set; } [SessionKey(\"n\")] public partial string? [|Note|] { get; set; } public partial List<string> Lines { get; set; }", "which is 'cart.n' now: keep the former name")]
    public async Task A_key_that_is_retyped_or_renamed_is_reported_at_its_property(string members, string reason)
    {
        var found = await Verify(members);
        Assert.EndsWith(reason, found.Single().GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public partial int Visits { get; set; } public partial List<string> Lines { get; set; }")]
    [InlineData("public partial int Visits { get; set; } public partial List<string> Lines { get; set; } public partial string A { get; set; } public partial string B { get; set; }")]
    public async Task A_key_that_is_gone_is_reported_in_the_file(string members)
    {
        var found = await AnalyzerTest<StoredKeyShouldStayReadableAnalyzer>.Run(Source(members), analyzerOptions: TestOptions.WithFile("/src/sessions.schema.json", Schema));
        var span = found.Single().Location.GetLineSpan();
        Assert.Equal(("/src/sessions.schema.json", 3, 4), (span.Path, span.StartLinePosition.Line, span.StartLinePosition.Character));
        Assert.Equal("Stored sessions hold 'cart.Note' of type 'string', which no shape reads now", found.Single().GetMessage());
    }

    [Fact]
    public async Task Without_the_file_there_is_nothing_to_compare_with()
    {
        Assert.Empty(await AnalyzerTest<StoredKeyShouldStayReadableAnalyzer>.Run(Source("")));
        Assert.Empty(await AnalyzerTest<StoredKeyShouldStayReadableAnalyzer>.Run(Source(""), analyzerOptions: TestOptions.WithFile("/src/other.json", Schema)));
    }

    [Theory]
    [InlineData("public partial int Count { get; set; }", "[SessionKey(FormerNames = [\"cart.Visits\"])] public partial int Count { get; set; }")]
    [InlineData("[SessionKey(\"n\", FormerNames = [\"a\"])] public partial int Count { get; set; }", "[SessionKey(\"n\", FormerNames = [\"a\", \"cart.Visits\"])] public partial int Count { get; set; }")]
    public async Task The_first_fix_keeps_the_former_name(string property, string expected)
    {
        var rest = " public partial string? Note { get; set; } public partial List<string> Lines { get; set; }";
        var (source, schema) = await Fix(Source(property + rest), StoredKeyShouldStayReadableFixer.KeepTitle, isFixAll: false);
        Assert.Equal(Source(expected + rest), source);
        Assert.Equal(Schema, schema);
        await IsFixed(source, schema);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_second_updates_the_file(bool isFixAll)
    {
        var before = Source("public partial long Visits { get; set; } public partial string? Other { get; set; }");
        var (source, schema) = await Fix(before, StoredKeyShouldStayReadableFixer.UpdateTitle, isFixAll);
        Assert.Equal(before, source);
        Assert.Equal("""
            {
              "Shop.CartSession": {
                "cart.Other": { "type": "string" },
                "cart.Visits": { "type": "long" }
              }
            }

            """, schema);
        await IsFixed(source, schema);
    }

    private static string Source(string members) => $$"""
        namespace Shop;
        [SessionShape(Prefix = "cart.")] public partial class CartSession { {{members}} }
        """;

    private static Task<ImmutableArray<Diagnostic>> Verify(string members) =>
        AnalyzerTest<StoredKeyShouldStayReadableAnalyzer>.VerifyValid(Source(members), TestOptions.WithFile("/src/sessions.schema.json", Schema));

    private static async Task IsFixed(string source, string schema)
    {
        GeneratorRun.Over(TestCompilation.Create(source)).CompilesWithoutWarning();
        Assert.Empty(await AnalyzerTest<StoredKeyShouldStayReadableAnalyzer>.Run(source, analyzerOptions: TestOptions.WithFile("/src/sessions.schema.json", schema)));
    }

    private static async Task<(string Source, string Schema)> Fix(string source, string title, bool isFixAll)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var document = FixTest<StoredKeyShouldStayReadableAnalyzer, StoredKeyShouldStayReadableFixer>.Open(workspace, source);
        var schemaId = DocumentId.CreateNewId(document.Project.Id);
        var solution = document.Project.Solution.AddAdditionalDocument(schemaId, "sessions.schema.json", SourceText.From(Schema), filePath: "/src/sessions.schema.json");
        document = solution.GetDocument(document.Id)!;

        var diagnostics = await AnalyzerTest<StoredKeyShouldStayReadableAnalyzer>.Run(source, analyzerOptions: TestOptions.WithFile("/src/sessions.schema.json", Schema));
        var fixer = new StoredKeyShouldStayReadableFixer();
        var actions = new List<CodeAction>();
        foreach (var diagnostic in diagnostics)
        {
            TextDocument place = diagnostic.Location.IsInSource ? document : solution.GetAdditionalDocument(schemaId)!;
            await fixer.RegisterCodeFixesAsync(new CodeFixContext(place, diagnostic, (action, _) => actions.Add(action), cancellationToken));
        }

        var chosen = actions.First(action => action.Title == title);
        if (isFixAll)
        {
            var context = new FixAllContext(
                document, fixer, FixAllScope.Project, title, fixer.FixableDiagnosticIds, new Provider(diagnostics), cancellationToken);
            chosen = (await fixer.GetFixAllProvider().GetFixAsync(context))!;
        }

        var operations = await chosen.GetOperationsAsync(cancellationToken);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (
            (await changed.GetDocument(document.Id)!.GetTextAsync(cancellationToken)).ToString(),
            (await changed.GetAdditionalDocument(schemaId)!.GetTextAsync(cancellationToken)).ToString());
    }

    private sealed class Provider(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
