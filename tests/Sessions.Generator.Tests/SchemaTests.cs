using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sessions.Generator.Schemas;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

/// <summary>The schema file's text.</summary>
public sealed class SchemaTests
{
    private const string Source = """
        namespace Shop;
        [SessionShape(Prefix = "cart.")]
        public partial class CartSession
        {
            [SessionKey("z;|%$@\"\\é", Default = "a;b")] public partial string? Last { get; set; }
            [SessionKey(DefaultFactory = nameof(Make), FormerNames = ["lines", "old"])] public partial List<(int Id, string? Name)> Lines { get; set; }
            public partial int? Count { get; set; }
            [SessionKey(Default = new[] { 1 })] private partial int[] Secret { get; set; }
            private static List<(int Id, string? Name)> Make() => [];
        }
        public partial class Outer { [SessionShape] internal partial class Shape { public partial TimeSpan Age { get; set; } } }
        """;

    private const string Text = """
        {
          "Shop.CartSession": {
            "cart.Count": { "type": "int?" },
            "cart.Lines": { "type": "System.Collections.Generic.List<(int Id, string Name)>", "default": "Make()", "formerNames": ["lines", "old"] },
            "cart.Secret": { "type": "int[]", "default": "[1]" },
            "cart.z\u003b\u007c\u0025\u0024\u0040\"\\\u00e9": { "type": "string", "default": "\"a\u003bb\"" }
          },
          "Shop.Outer.Shape": {
            "Age": { "type": "System.TimeSpan" }
          }
        }

        """;

    [Fact]
    public void It_is_a_line_a_key_in_a_stable_order() => Assert.Equal(Text, Emit(Source, checkedIn: null));

    [Fact]
    public void What_was_written_reads_the_same()
    {
        var keys = SessionSchemaReader.Read(Text);
        Assert.Equal(Text, SessionSchema.Print(keys.Reverse().Select(static key => key.Key)));
        Assert.Equal(Text, SessionSchema.Print(SessionSchemaReader.Read(Text.Replace(" ", "\n\t", StringComparison.Ordinal).Replace("int\n\tId,\n\tstring\n\tName", "int Id, string Name", StringComparison.Ordinal)).Select(static key => key.Key)));
        Assert.Equal("\"cart.Count\"", Text.Substring(keys[0].Span.Start, keys[0].Span.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"A\": { \"a\": { } } }")]
    [InlineData("{ \"A\": { \"a\": { \"type\": \"int\" }")]
    [InlineData("<<<<<<< HEAD")]
    [InlineData("{ \"A\\u00")]
    public void A_damaged_file_has_no_keys(string text) => Assert.Empty(SessionSchemaReader.Read(text));

    [Fact]
    public void A_project_that_does_not_ask_gets_none() =>
        Assert.DoesNotContain(GeneratorRun.Valid(Source).Result.GeneratedSources, static source => source.HintName == SessionSchemaEmitter.HintName);

    [Theory]
    [InlineData("\"int?\"", "\"int\"", false)]
    [InlineData("cart.Count", "cart.Gone", false)]
    [InlineData("\"[1]\"", "\"[2]\"", true)]
    [InlineData("    \"cart.Count\": { \"type\": \"int?\" },\n", "", true)]
    public void A_change_that_breaks_the_file_leaves_it_alone(string now, string before, bool isWritten)
    {
        var checkedIn = Text.Replace(now, before, StringComparison.Ordinal);
        Assert.NotEqual(Text, checkedIn);
        Assert.Equal(isWritten ? Text : "\n", Emit(Source, checkedIn));
    }

    [Fact]
    public void An_unrelated_edit_leaves_it_cached()
    {
        var input = TestCompilation.Create(Source);
        var driver = Driver(checkedIn: Text).RunGenerators(input, TestContext.Current.CancellationToken);
        var edited = input.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated;", TestCompilation.ParseOptions(), cancellationToken: TestContext.Current.CancellationToken));
        var second = driver.RunGenerators(edited, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.True(GeneratorRun.OutputsOf(second, SessionShapeGenerator.SchemaStep).Single().Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }

    private static string Emit(string source, string? checkedIn)
    {
        var run = Driver(checkedIn).RunGenerators(TestCompilation.Create(source), TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        var text = run.GeneratedSources.Single(static source => source.HintName == SessionSchemaEmitter.HintName).SourceText.ToString();
        return string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line["//|".Length..].Replace("%255C", "\\", StringComparison.Ordinal) + "\n"));
    }

    private static GeneratorDriver Driver(string? checkedIn) => CSharpGeneratorDriver.Create(
        [new SessionShapeGenerator().AsSourceGenerator()],
        additionalTexts: checkedIn is null ? [] : [new TestOptions.File("/src/sessions.schema.json", checkedIn)],
        parseOptions: TestCompilation.ParseOptions(),
        optionsProvider: TestOptions.Provide("EmitSessionSchema"),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
