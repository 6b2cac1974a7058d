using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Analyzers;

namespace Sessions.Generator.Benchmarks;

/// <summary>
/// One compilation, emitted, then analyzed by an analyzer that does nothing, then by all of ours beside that one.
/// Single-threaded, so that the time inside an analyzer can be held against the compiler's.
/// </summary>
internal sealed record AnalyzerRound(double Emit, double Idle, double Ours, IReadOnlyDictionary<string, double> Inside)
{
    /// <summary>What ours add to a build that has an analyzer already.</summary>
    public double More => (Ours - Idle) / (Idle + Emit);

    public double TotalInside => Inside.Values.Sum();

    public static async Task<AnalyzerRound> RunAsync(Solution solution, bool isOursFirst)
    {
        CSharpGeneratorDriver.Create([new SessionShapeGenerator().AsSourceGenerator()], parseOptions: Solution.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(solution.Open(), out var output, out _);
        var compilation = output.WithOptions(((CSharpCompilation)output).Options.WithConcurrentBuild(false));
        var first = await AnalyzeAsync(compilation, isOursFirst);
        var unbound = Solution.Unbound(compilation);
        var emit = await Measure.CpuAsync(() => Task.FromResult(Solution.Emit(unbound)));
        var second = await AnalyzeAsync(compilation, !isOursFirst);
        var (ours, idle) = isOursFirst ? (first, second) : (second, first);
        return new(emit.Milliseconds, idle.Milliseconds, ours.Milliseconds, ours.Result.AnalyzerTelemetryInfo
            .Where(static entry => entry.Key is SessionAnalyzer)
            .ToDictionary(static entry => entry.Key.GetType().Name, static entry => entry.Value.ExecutionTime.TotalMilliseconds));
    }

    private static Task<(double Milliseconds, AnalysisResult Result)> AnalyzeAsync(Compilation compilation, bool hasOurs)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        var analysis = Solution.Unbound(compilation).WithAnalyzers([new IdleAnalyzer(), .. hasOurs ? CreateAnalyzers() : []], options);
        return Measure.CpuAsync(() => analysis.GetAnalysisResultAsync(CancellationToken.None));
    }

    private static IEnumerable<DiagnosticAnalyzer> CreateAnalyzers() => typeof(SessionAnalyzer).Assembly.GetTypes()
        .Where(static type => !type.IsAbstract && typeof(SessionAnalyzer).IsAssignableFrom(type))
        .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);
}
