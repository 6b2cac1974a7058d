using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;
using Sessions.Tests;

namespace Sessions.Generator.Tests.Analyzers;

/// <summary>Half-written code is what an editor has most of the time.</summary>
public sealed class NestedMutationFuzzTests
{
    private const int Batch = 20;

    [Fact]
    public async Task No_broken_source_makes_the_rule_throw()
    {
        var random = new Random(301);
        var snippets = CorpusSnippet.ReadAll("NestedMutations").Where(static snippet => !snippet.IsProgram).ToArray();
        for (var done = 0; done < TestScale.Of(10_000); done += Batch)
        {
            var chosen = Enumerable.Range(0, Batch).Select(_ => Break(snippets[random.Next(snippets.Length)], random)).ToArray();
            await AnalyzerTest<NestedMutationShouldBeSavedAnalyzer>.Run(new CorpusSource(CorpusSnippet.Prelude("NestedMutations"), chosen).Text);
        }
    }

    private static CorpusSnippet Break(CorpusSnippet snippet, Random random)
    {
        var text = string.Join("\n", snippet.Lines);
        var at = random.Next(text.Length);
        var broken = random.Next(4) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at)),
            _ => text.Insert(at, new[] { "(", ")", ";", "{", "}", "=", ".", "?", "[", " var ", " ref ", " await ", "=>", "\"" }[random.Next(14)]),
        };
        return snippet with { Lines = broken.Split('\n') };
    }
}
