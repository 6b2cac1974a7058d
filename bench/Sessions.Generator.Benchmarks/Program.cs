// What the generator and the analyzers cost: medians of interleaved rounds, as shares of what the compiler needs by itself.
//   dotnet run -c Release --project bench/Sessions.Generator.Benchmarks
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Benchmarks;

const int Rounds = 7;
Console.WriteLine($"Medians of {Rounds} rounds.");
Console.WriteLine();
Console.WriteLine("| shapes of 10 keys | compile | full generation | of compile | unrelated edit | one key edited |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
foreach (var shapes in new[] { 100, 1000 })
{
    var solution = new Solution(shapes, handlers: 0);
    var rounds = await MeasureAsync(() => Task.FromResult(GeneratorRound(solution)));
    Console.WriteLine(Row($"{shapes}", Ms(rounds[0]), Ms(rounds[1]), Share(rounds[1], rounds[0]), Ms(rounds[2]), Ms(rounds[3])));
}

Console.WriteLine();
Console.WriteLine("| handler files (100 shapes) | compile | compile with the analyzers | more | time inside the analyzers | of compile |");
Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
foreach (var handlers in new[] { 100, 1000 })
{
    var solution = new Solution(shapes: 100, handlers);
    var rounds = await MeasureAsync(() => AnalyzerRoundAsync(solution));
    Console.WriteLine(Row($"{handlers}", Ms(rounds[0]), Ms(rounds[1]), Share(rounds[1] - rounds[0], rounds[0]), Ms(rounds[2]), Share(rounds[2], rounds[0])));
}

static double[] GeneratorRound(Solution solution)
{
    var compilation = solution.Open();
    GeneratorDriver driver = CSharpGeneratorDriver.Create([new SessionShapeGenerator().AsSourceGenerator()], parseOptions: Solution.ParseOptions);
    Compilation output = compilation;
    var full = Time(() => driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _));
    var unrelated = Time(() => driver.RunGenerators(Solution.EditUnrelated(compilation)));
    var key = Time(() => driver.RunGenerators(Solution.EditKey(compilation)));
    return [Time(() => Emit(Fresh(output))), full, unrelated, key];
}

static async Task<double[]> AnalyzerRoundAsync(Solution solution)
{
    CSharpGeneratorDriver.Create([new SessionShapeGenerator().AsSourceGenerator()], parseOptions: Solution.ParseOptions)
        .RunGeneratorsAndUpdateCompilation(solution.Open(), out var output, out _);
    var alone = Time(() => Emit(Fresh(output)));
    var fresh = Fresh(output);
    GC.Collect();
    var watch = Stopwatch.StartNew();
    var inside = await EmitWithAnalyzersAsync(fresh);
    return [alone, watch.Elapsed.TotalMilliseconds, inside.TotalMilliseconds];
}

static async Task<TimeSpan> EmitWithAnalyzersAsync(Compilation compilation)
{
    DiagnosticAnalyzer[] analyzers = [.. typeof(SessionAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(SessionAnalyzer).IsAssignableFrom(type))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];
    var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: true);
    var analysis = compilation.WithAnalyzers([.. analyzers], options);
    var result = await analysis.GetAnalysisResultAsync(CancellationToken.None);
    Emit(analysis.Compilation);
    return new TimeSpan(result.AnalyzerTelemetryInfo.Values.Sum(telemetry => telemetry.ExecutionTime.Ticks));
}

// The same trees, with nothing bound.
static CSharpCompilation Fresh(Compilation compilation) => CSharpCompilation.Create(
    compilation.AssemblyName, compilation.SyntaxTrees, compilation.References, ((CSharpCompilation)compilation).Options);

static void Emit(Compilation compilation)
{
    var result = compilation.Emit(Stream.Null);
    if (!result.Success)
        throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
}

static async Task<double[]> MeasureAsync(Func<Task<double[]>> round)
{
    await round();   // warms the compiler up
    var rounds = new List<double[]>();
    while (rounds.Count < Rounds)
        rounds.Add(await round());
    return [.. Enumerable.Range(0, rounds[0].Length).Select(i => rounds.Select(one => one[i]).Order().ElementAt(Rounds / 2))];
}

static double Time(Action act)
{
    GC.Collect();
    var watch = Stopwatch.StartNew();
    act();
    return watch.Elapsed.TotalMilliseconds;
}

static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";

static string Ms(double time) => time.ToString("0.0 ms", CultureInfo.InvariantCulture);

static string Share(double part, double whole) => (part / whole).ToString("P1", CultureInfo.InvariantCulture);
