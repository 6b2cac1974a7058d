using System.Globalization;
using Microsoft.CodeAnalysis;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

/// <summary>SES0301 over code as it is written: each line that loses a change is marked, and no other may be reported.</summary>
public sealed class NestedMutationCorpusTests
{
    [Fact]
    public async Task The_rule_finds_what_is_lost_and_nothing_else()
    {
        var snippets = CorpusSnippet.ReadAll("NestedMutations").ToArray();
        Assert.True(snippets.Length >= 200, $"{snippets.Length} snippets");
        var (hits, misses, falseAlarms) = (0, new List<string>(), new List<string>());
        foreach (var compiled in snippets.GroupBy(static snippet => snippet.Group))
        {
            var source = new CorpusSource(CorpusSnippet.Prelude("NestedMutations"), compiled);
            var output = GeneratorRun.Over(TestCompilation.Create(source.Text)).Output;
            Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(static diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
                .Select(diagnostic => $"{diagnostic.GetMessage(CultureInfo.InvariantCulture)}: {source.Describe(diagnostic)}"));

            var found = (await AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.Run(source.Text)).Select(CorpusSource.LineOf).ToHashSet();
            hits += found.Intersect(source.Guilty).Count();
            misses.AddRange(source.Guilty.Except(found).Select(source.Describe));
            falseAlarms.AddRange(found.Except(source.Guilty).Select(source.Describe));
        }

        var precision = 100.0 * hits / (hits + falseAlarms.Count);
        var recall = 100.0 * hits / (hits + misses.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"SES0301 corpus: {snippets.Length} snippets, precision {precision:0.0} %, recall {recall:0.0} %");
        Assert.True(
            falseAlarms.Count + misses.Count == 0,
            $"False alarms:\n{string.Join("\n", falseAlarms)}\nMisses:\n{string.Join("\n", misses)}");
    }

    [Fact]
    public void Half_of_the_corpus_is_innocent()
    {
        var snippets = CorpusSnippet.ReadAll("NestedMutations").ToArray();
        var innocent = snippets.Count(static snippet => !snippet.Lines.Any(CorpusSource.IsGuilty));
        Assert.InRange(innocent, snippets.Length * 4 / 10, snippets.Length * 6 / 10);
    }
}
