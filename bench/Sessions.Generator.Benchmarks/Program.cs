// What the generator and the analyzers cost, as shares of what the compiler needs by itself: medians of interleaved rounds.
//   dotnet run -c Release --project bench/Sessions.Generator.Benchmarks [-- generator | analyzers]
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sessions.Generator;
using Sessions.Generator.Benchmarks;

const int Rounds = 5;
if (args is [] or ["generator"])
    await PrintGeneratorAsync();
if (args is [] or ["analyzers"])
    await PrintAnalyzersAsync();

static async Task PrintGeneratorAsync()
{
    Console.WriteLine($"Wall clock, medians of {Rounds} rounds.\n");
    PrintHead("shapes of 10 keys", "compile", "full generation", "of compile", "unrelated edit", "one key edited");
    foreach (var shapes in new[] { 100, 1000 })
    {
        var solution = new Solution(shapes, handlers: 0);
        var rounds = await Measure.RoundsAsync(Rounds, _ => Task.FromResult(GeneratorRound(solution)));
        var (compile, full) = (rounds.Median(static round => round.Compile), rounds.Median(static round => round.Full));
        PrintRow($"{shapes}", Ms(compile), Ms(full), Share(full / compile), Ms(rounds.Median(static round => round.Unrelated)), Ms(rounds.Median(static round => round.Key)));
    }

    Console.WriteLine();
}

static async Task PrintAnalyzersAsync()
{
    Console.WriteLine($"CPU time on one thread, medians of {Rounds} rounds. More: what ours add to the compile and an analyzer that does nothing.\n");
    PrintHead("handler files (100 shapes)", "compile", "idle analyzer", "with ours", "more", "inside ours", "of compile");
    AnalyzerRound[] rounds = [];
    foreach (var handlers in new[] { 100, 1000 })
    {
        var solution = new Solution(shapes: 100, handlers);
        rounds = await Measure.RoundsAsync(Rounds, number => AnalyzerRound.RunAsync(solution, isOursFirst: number % 2 == 0));
        PrintRow(
            $"{handlers}", Ms(rounds.Median(static round => round.Emit)), Ms(rounds.Median(static round => round.Idle)), Ms(rounds.Median(static round => round.Ours)),
            Share(rounds.Median(static round => round.More)), Ms(rounds.Median(static round => round.TotalInside)), Share(rounds.Median(static round => round.TotalInside / round.Emit)));
    }

    Console.WriteLine();
    PrintHead("analyzer, at 1000 files", "inside");
    foreach (var (name, time) in rounds[0].Inside.Keys.Select(name => (name, rounds.Median(round => round.Inside[name]))).OrderByDescending(static entry => entry.Item2))
        PrintRow(name, Ms(time));
}

static (double Compile, double Full, double Unrelated, double Key) GeneratorRound(Solution solution)
{
    var compilation = solution.Open();
    GeneratorDriver driver = CSharpGeneratorDriver.Create([new SessionShapeGenerator().AsSourceGenerator()], parseOptions: Solution.ParseOptions);
    Compilation output = compilation;
    var full = Measure.Wall(() => driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _));
    var unrelated = Measure.Wall(() => driver.RunGenerators(Solution.EditUnrelated(compilation)));
    var key = Measure.Wall(() => driver.RunGenerators(Solution.EditKey(compilation)));
    return (Measure.Wall(() => Solution.Emit(Solution.Unbound(output))), full, unrelated, key);
}

static void PrintHead(params string[] cells)
{
    PrintRow(cells);
    PrintRow([.. cells.Select(static _ => "---")]);
}

static void PrintRow(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

static string Ms(double time) => time.ToString("0.0 ms", CultureInfo.InvariantCulture);

static string Share(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
