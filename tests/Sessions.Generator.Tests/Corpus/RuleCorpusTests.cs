using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;
using Sessions.Tests;

namespace Sessions.Generator.Tests.Corpus;

/// <summary>All rules at once: over labelled snippets, over sources that have no sessions, and over damaged ones.</summary>
public sealed class RuleCorpusTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [.. typeof(SessionAnalyzer).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && typeof(SessionAnalyzer).IsAssignableFrom(type))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private static readonly AnalyzerOptions Trimmed = TestOptions.Of("PublishAot");

    [Fact]
    public async Task Every_label_is_found_and_nothing_else()
    {
        var wrong = new List<string>();
        var (found, expected) = (0, 0);
        foreach (var snippet in LabelledSnippet.Read(PathOf("Rules.txt")))
        {
            var diagnostics = await Run(TestCompilation.Create(snippet.Source));
            var reported = diagnostics
                .Select(static diagnostic => (diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Id))
                .Where(static diagnostic => diagnostic.Id != "SES0301")
                .ToArray();
            wrong.AddRange(snippet.Expected.Except(reported).Select(label => $"{snippet.Name}: missing {label}"));
            wrong.AddRange(reported.Except(snippet.Expected).Select(label => $"{snippet.Name}: unexpected {label}"));
            found += reported.Length;
            expected += snippet.Expected.Count;
        }

        var missing = wrong.Count(static line => line.Contains("missing", StringComparison.Ordinal));
        var unexpected = wrong.Count - missing;
        output.WriteLine($"recall {1 - (missing / (double)expected):P1}, precision {1 - (unexpected / (double)found):P1} of {expected} labels");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Code_without_sessions_is_left_alone()
    {
        // What of this repository keeps no session itself: the compiler's side, stores, the tool
        var trees = SourcesOf("Sessions.Generator", "Sessions.CodeFixes", "Sessions.EntityFrameworkCore", "Sessions.Redis", "Sessions.Cli");
        var compilation = TestCompilation.Create("").AddSyntaxTrees(trees)
            .AddReferences(MetadataReference.CreateFromFile(typeof(Compilation).Assembly.Location), MetadataReference.CreateFromFile(typeof(CSharpCompilation).Assembly.Location));
        Assert.Empty(await Run(compilation));
    }

    [Fact]
    public async Task The_runtime_s_own_sources_are_reported_only_where_they_do_what_is_theirs_to_do()
    {
        var compilation = TestCompilation.Create("").AddSyntaxTrees(SourcesOf("Sessions.Runtime"));
        compilation = compilation.RemoveReferences(compilation.References.Single(static reference => Path.GetFileName(reference.Display) == "Sessions.Runtime.dll"));
        var found = (await Run(compilation)).Select(static diagnostic => $"{Path.GetFileName(diagnostic.Location.SourceTree!.FilePath)} {diagnostic.Id}").Distinct();
        Assert.Equal(
            [
                "FormerSessionMiddleware.cs SES0302", // the request gets its session back
                "Session.Bytes.cs SES0201", // a reserved key
                "Session.Dictionary.cs SES0305", // the dictionary's own indexer
                "SessionRequest.cs SES0302", // the request gets its session
            ],
            found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Damaged_sources_break_nothing()
    {
        var snippets = LabelledSnippet.Read(PathOf("Rules.txt"));
        var random = new Random(1);
        for (var done = 0; done < TestScale.Of(10_000); done += 20)
        {
            var trees = Enumerable.Range(0, 20).Select(i => CSharpSyntaxTree.ParseText(
                Damage(snippets[random.Next(snippets.Count)].Source, random), TestCompilation.ParseOptions(), $"{i}.cs"));
            await Run(TestCompilation.Create("").AddSyntaxTrees([.. trees]));
        }
    }

    private static SyntaxTree[] SourcesOf(params string[] projects)
    {
        var root = Path.GetFullPath(Path.Combine(PathOf(""), "..", "..", "..", "src"));
        return [.. projects.SelectMany(project => Directory.GetFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories))
            .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(static path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), TestCompilation.ParseOptions(), path))];
    }

    private static string Damage(string source, Random random)
    {
        var text = source.ToCharArray();
        switch (random.Next(4))
        {
            case 0:
                return source[..random.Next(source.Length)];
            case 1:
                return source.Remove(random.Next(source.Length / 2), random.Next(source.Length / 2));
            case 2:
                var start = random.Next(source.Length);
                return source.Insert(random.Next(source.Length), source.Substring(start, random.Next(source.Length - start)));
            default:
                for (var i = 0; i < 3; i++)
                    text[random.Next(text.Length)] = "{}()[]<>;,.\"'?=_ @$\\"[random.Next(20)];
                return new string(text);
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> Run(Compilation compilation)
    {
        var compiled = GeneratorRun.Over(compilation).Output;
        var exceptions = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            Trimmed, (exception, _, _) => exceptions.Add(exception), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compiled.WithOptions(compiled.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .WithAnalyzers(Analyzers, options)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(exceptions);
        return diagnostics;
    }

    private static string PathOf(string file, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, file);
}
