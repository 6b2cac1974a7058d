using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>Runs one rule over a source, in which <c>[|</c> and <c>|]</c> stand around every place that it must report, and nothing else.</summary>
internal static class AnalyzerTest<TAnalyzer> where TAnalyzer : DiagnosticAnalyzer, new()
{
    public static async Task<ImmutableArray<Diagnostic>> Verify(
        string markup, LanguageVersion version = LanguageVersion.CSharp14, AnalyzerOptions? options = null)
    {
        var (source, expected) = Markup.Parse(markup);
        var found = await Run(source, version, options);
        string Describe(TextSpan span) => $"{source.Substring(span.Start, span.Length)} at {span}";
        Assert.Equal(expected.Select(Describe), found.Select(diagnostic => Describe(diagnostic.Location.SourceSpan)));
        return found;
    }

    /// <summary>The same, for code that must compile.</summary>
    public static Task<ImmutableArray<Diagnostic>> VerifyValid(string markup, AnalyzerOptions? options = null)
    {
        GeneratorRun.Over(TestCompilation.Create(Markup.Parse(markup).Source)).CompilesWithoutWarning();
        return Verify(markup, options: options);
    }

    public static async Task<ImmutableArray<Diagnostic>> Run(
        string source, LanguageVersion version = LanguageVersion.CSharp14, AnalyzerOptions? analyzerOptions = null) =>
        await Run(GeneratorRun.Over(TestCompilation.Create(source, version)).Output, analyzerOptions);

    public static async Task<ImmutableArray<Diagnostic>> Run(Compilation output, AnalyzerOptions? analyzerOptions = null)
    {
        var options = new CompilationWithAnalyzersOptions(
            analyzerOptions ?? new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        // warnings are not errors here: a rule's own severity shows
        var compilation = output.WithOptions(output.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        var diagnostics = await compilation.WithAnalyzers([new TAnalyzer()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
