using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

/// <summary>Neither the generator nor a rule throws, whatever the source; and none reports where there is no session.</summary>
public sealed class RobustnessTests
{
    private const int Batch = 10;   // mutants in one compilation: most of the cost is its references
    private static readonly int Mutants = Environment.GetEnvironmentVariable("SESSIONS_TEST_FULL") == "1" ? 10_000 : 1_000;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [.. typeof(SessionAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(SessionAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Truncated_and_mutated_sources_make_nothing_throw()
    {
        string[] seeds = [.. SourcesOf("tests/Sessions.Generator.Tests/Analyzers").Select(path => string.Join("\n", RawStringsOf(File.ReadAllText(path)))),
            SyntheticSources.Shape(1), SyntheticSources.Handlers(1, 2)];
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var empty = TestCompilation.Create("");   // what it knows of its references is shared
        for (var i = 0; i < Mutants; i += Batch)
        {
            string[] sources = [.. Enumerable.Range(0, Batch).Select(_ => Mutate(seeds[random.Next(seeds.Length)], seeds, random))];
            var compilation = empty.AddSyntaxTrees(sources.Select((source, n) => CSharpSyntaxTree.ParseText(
                source, TestCompilation.ParseOptions(), $"Mutant{i + n}.cs", System.Text.Encoding.UTF8, Cancel)));
            var driver = CSharpGeneratorDriver.Create([new SessionShapeGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions())
                .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, Cancel);
            Assert.True(driver.GetRunResult().Results.Single().Exception is null, Describe(driver.GetRunResult().Results.Single().Exception));
            var failure = (await DiagnosticsAsync(output)).FirstOrDefault(diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
            Assert.True(failure is null, Describe(failure));

            string Describe(object? what) => $"seed {seed}, mutants from {i}: {what}\n{string.Join("\n// ----\n", sources)}";
        }
    }

    [Fact]
    public async Task The_sources_of_this_repository_that_hold_no_session_give_no_report()
    {
        string[] folders = ["src/Sessions.Generator", "src/Sessions.CodeFixes", "src/Sessions.EntityFrameworkCore", "src/Sessions.Redis", "src/Sessions.Cli"];
        var trees = folders.SelectMany(SourcesOf).Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), TestCompilation.ParseOptions(), path, cancellationToken: Cancel));

        var diagnostics = await DiagnosticsAsync(TestCompilation.Create("").AddSyntaxTrees(trees));

        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Compilation compilation)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        return await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync(Cancel);
    }

    private static string Mutate(string source, string[] seeds, Random random)
    {
        for (var edits = random.Next(1, 5); edits > 0 && source.Length > 1; edits--)
        {
            var at = random.Next(source.Length);
            var length = Math.Min(random.Next(40), source.Length - at);
            source = random.Next(6) switch
            {
                0 => source[..at],
                1 => source.Remove(at, length),
                2 => source.Insert(at, source.Substring(random.Next(source.Length - length + 1), length)),
                3 => source.Insert(at, $"{"{}()[]<>;,.?!&|=\"'/*@$#_0aé\n"[random.Next(28)]}"),
                4 => source.Insert(at, Word(seeds[random.Next(seeds.Length)], random)),
                _ => source.Replace(Word(source, random), Word(source, random), StringComparison.Ordinal),
            };
        }

        return source;
    }

    private static string Word(string source, Random random)
    {
        var words = source.Split([' ', '\n', '.', '(', ')', ';', ',', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? "x" : words[random.Next(words.Length)];
    }

    // What stands between triple quotes in the tests of the rules: the snippets that they are tried on.
    private static IEnumerable<string> RawStringsOf(string source) =>
        source.Split("\"\"\"").Where((_, index) => index % 2 == 1).Select(text => text.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)).Take(3);

    private static IEnumerable<string> SourcesOf(string folder) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string RepositoryRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
