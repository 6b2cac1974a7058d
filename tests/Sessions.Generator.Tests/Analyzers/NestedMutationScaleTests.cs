using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class NestedMutationScaleTests
{
    [Fact]
    public async Task Big_members_are_analyzed_in_a_time_that_grows_with_their_size()
    {
        await MeasureAsync(20); // warms up
        var small = await MeasureAsync(100);
        var big = await MeasureAsync(400);
        TestContext.Current.TestOutputHelper?.WriteLine($"SES0301: 100 handlers {small.TotalMilliseconds:0} ms, 400 handlers {big.TotalMilliseconds:0} ms");
        Assert.True(big < (small * 12) + TimeSpan.FromSeconds(2), $"{small} for 100 handlers, {big} for 400");
    }

    private static async Task<TimeSpan> MeasureAsync(int handlers)
    {
        var members = string.Concat(Enumerable.Range(0, handlers).Select(static i => $$"""

                public IResult Handle{{i}}(CartSession cart, Session session, int number, bool flag)
                {
                    var lines = flag ? cart.Lines : cart.Saved ?? [];
                    foreach (var line in lines.Where(line => line > number))
                    {
                        if (line == 3)
                            continue;
                        try { cart.Counts["a{{i}}"] = line; } finally { Console.WriteLine(line); }
                    }
                    if (session.TryGet<List<int>>("x{{i}}", out var x) && x.Remove(number))
                        session.Set("x{{i}}", x);
                    lines.Add(number);
                    cart.Modified = true;
                    return Results.Ok(lines.Select(line => new { line, flag }));
                }
            """));
        var source = $$"""
            public sealed class Handlers
            {
            {{members}}
            }

            [SessionShape]
            public partial class CartSession
            {
                public partial List<int> Lines { get; set; }
                public partial List<int>? Saved { get; set; }
                public partial Dictionary<string, int> Counts { get; set; }
            }
            """;
        var output = GeneratorRun.Over(TestCompilation.Create(source)).Output;
        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(static d => d.DefaultSeverity == DiagnosticSeverity.Error));
        DiagnosticAnalyzer analyzer = new NestedMutationShouldBeSavedAnalyzer();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        var run = output.WithAnalyzers([analyzer], options);
        Assert.Empty(await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
        var telemetry = await run.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken);
        return telemetry.ExecutionTime;
    }
}
