using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>One run of the generator over one source.</summary>
internal sealed class GeneratorRun
{
    private static readonly string[] Steps = [SessionShapeGenerator.ShapesStep, SessionShapeGenerator.RegistrationsStep];

    private GeneratorRun(Compilation input, Compilation output, GeneratorDriver driver)
    {
        Input = input;
        Output = output;
        Driver = driver;
    }

    public Compilation Input { get; }

    public Compilation Output { get; }

    public GeneratorDriver Driver { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>The shapes' files: not the registration, nor what the compiler's library adds.</summary>
    public IReadOnlyList<string> ShapeFiles =>
        [.. Result.GeneratedSources
            .Select(static source => source.SourceText.ToString())
            .Where(static text => text.Contains("ISessionShape<", StringComparison.Ordinal))];

    public string? Registration => Result.GeneratedSources
        .Where(static source => source.HintName == "SessionShapesExtensions.g.cs")
        .Select(static source => source.SourceText.ToString())
        .SingleOrDefault();

    /// <summary>Runs the generator, and asks for nothing.</summary>
    public static GeneratorRun Over(Compilation compilation)
    {
        var options = (CSharpParseOptions)compilation.SyntaxTrees.First().Options;
        var driver = CSharpGeneratorDriver.Create(
            [new SessionShapeGenerator().AsSourceGenerator()],
            parseOptions: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        var run = new GeneratorRun(compilation, output, driver);
        Assert.Null(run.Result.Exception);
        return run;
    }

    /// <summary>Runs the generator over a valid source: no warning, nothing run again after an unrelated edit, no symbol in a model.</summary>
    public static GeneratorRun Valid(string source)
    {
        var run = Over(TestCompilation.Create(source));
        run.CompilesWithoutWarning();
        run.IsCachedAfterAnUnrelatedEdit();
        ModelWalk.FindsNoSymbol(run.Result, Steps);
        return run;
    }

    /// <summary>What a step gave; a step that had nothing to do is not tracked.</summary>
    public static IEnumerable<(object Value, IncrementalStepRunReason Reason)> OutputsOf(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var runs) ? runs.SelectMany(static run => run.Outputs) : [];

    public void CompilesWithoutWarning() => Assert.Empty(
        Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)
            .Select(static diagnostic => $"{diagnostic} {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}"));

    /// <summary>Loads what was compiled.</summary>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        Assert.True(Output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);
        stream.Position = 0;
        return new AssemblyLoadContext(name: null, isCollectible: true).LoadFromStream(stream);
    }

    private void IsCachedAfterAnUnrelatedEdit()
    {
        var tree = Input.TestTree();
        var edited = Input.Clone()
            .ReplaceSyntaxTree(tree, TestCompilation.Parse("// a comment\n" + tree, (CSharpParseOptions)tree.Options))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;", (CSharpParseOptions)tree.Options));
        var second = Driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        foreach (var step in Steps)
        {
            Assert.All(
                OutputsOf(second, step),
                static output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, output.Reason.ToString()));
        }

        Assert.All(
            second.TrackedOutputSteps.SelectMany(static steps => steps.Value).SelectMany(static run => run.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }
}
