using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

/// <summary>A solution of many shapes: an edit costs what it changes.</summary>
public sealed class ScaleTests
{
    private const int Count = 1_000;

    [Fact]
    public void An_unrelated_edit_runs_nothing_and_a_key_s_edit_one_shape()
    {
        var trees = Enumerable.Range(0, Count)
            .Select(static i => CSharpSyntaxTree.ParseText(Shape(i), TestCompilation.ParseOptions(), $"Shape{i}.cs"))
            .ToArray();
        var input = TestCompilation.Create("internal static class Unrelated;").AddSyntaxTrees(trees);
        var run = GeneratorRun.Over(input);
        Assert.Equal(Count, run.ShapeFiles.Count);

        var unrelated = Rerun(run, input, input.TestTree(), "internal static class Other { public static int Number => 1; }");
        Assert.All(Reasons(unrelated), static reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));

        var edited = Rerun(run, input, trees[7], Shape(7).Replace("int Key3", "long Key3", StringComparison.Ordinal));
        var shapes = GeneratorRun.OutputsOf(edited, SessionShapeGenerator.ShapesStep).Select(static output => output.Reason);
        Assert.Equal(1, shapes.Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(1, OutputReasons(edited).Count(static reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(Count, OutputReasons(edited).Count(static reason => reason == IncrementalStepRunReason.Cached) - 1);
    }

    private static GeneratorRunResult Rerun(GeneratorRun run, Compilation input, SyntaxTree tree, string text) =>
        run.Driver.RunGenerators(input.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text))), TestContext.Current.CancellationToken)
            .GetRunResult().Results.Single();

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result) =>
        OutputReasons(result).Concat(((string[])[SessionShapeGenerator.ShapesStep, SessionShapeGenerator.RegistrationsStep, SessionShapeGenerator.SchemaStep])
            .SelectMany(step => GeneratorRun.OutputsOf(result, step)).Select(static output => output.Reason));

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(static steps => steps.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason);

    private static string Shape(int number)
    {
        var keys = string.Concat(Enumerable.Range(0, 10).Select(static i => string.Create(CultureInfo.InvariantCulture, $"public partial int Key{i} {{ get; set; }} ")));
        return string.Create(CultureInfo.InvariantCulture, $"namespace Shop; [Sessions.SessionShape(Prefix = \"s{number}.\")] public partial class Shape{number} {{ {keys}}}");
    }
}
