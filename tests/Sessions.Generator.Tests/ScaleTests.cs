using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

/// <summary>A thousand shapes: what an edit makes the generator do again.</summary>
public sealed class ScaleTests
{
    private const int Shapes = 1000;
    private static readonly CSharpParseOptions Options = TestCompilation.ParseOptions();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void After_an_unrelated_edit_every_step_is_cached_and_after_one_of_a_key_one_shape_is_made_anew()
    {
        var trees = Enumerable.Range(0, Shapes).Select(i => Parse(SyntheticSources.Shape(i), $"Shape{i}.cs")).ToArray();
        var unrelated = Parse("internal static class Unrelated;", "Unrelated.cs");
        var compilation = TestCompilation.Create("").AddSyntaxTrees(trees).AddSyntaxTrees(unrelated);
        var run = GeneratorRun.Over(compilation);
        Assert.Equal(Shapes, run.ShapeFiles.Count);

        var edited = compilation.ReplaceSyntaxTree(unrelated, Parse("internal static class Unrelated { public const int Edited = 1; }", "Unrelated.cs"));
        var second = run.Driver.RunGenerators(edited, Cancel);
        Assert.All(Reasons(second, SessionShapeGenerator.ShapesStep), reason => Assert.True(IsCached(reason), $"{reason}"));
        Assert.All(Outputs(second), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

        var key = SyntheticSources.Shape(7).Replace("partial int Key0", "partial long Key0", StringComparison.Ordinal);
        var third = second.RunGenerators(edited.ReplaceSyntaxTree(trees[7], Parse(key, "Shape7.cs")), Cancel);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Reasons(third, SessionShapeGenerator.ShapesStep), reason => !IsCached(reason)));
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(Outputs(third), reason => !IsCached(reason)));
    }

    private static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, Options, path, System.Text.Encoding.UTF8, Cancel);

    private static bool IsCached(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver, string step) =>
        GeneratorRun.OutputsOf(driver.GetRunResult().Results.Single(), step).Select(output => output.Reason);

    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(run => run.Outputs).Select(output => output.Reason);
}
