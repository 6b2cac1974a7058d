using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class GeneratedNameMustBeFreeAnalyzerTests
{
    [Theory]
    [InlineData("public partial int Visits { get; set; } public partial bool [|HasVisits|] { get; set; }")]
    [InlineData("public partial int Visits { get; set; } public bool [|HasVisits|]() => true;")]
    [InlineData("public partial int Visits { get; set; } public int [|GetVisits|](int fallback) => fallback;")]
    [InlineData("public partial int Visits { get; set; } public bool [|TryGetVisits|](out int value) { value = 1; return true; }")]
    [InlineData("public partial int Visits { get; set; } public int [|PopVisits|]() => 1;")]
    [InlineData("public partial int Visits { get; set; } public int [|SetDefaultVisits|](int value) => value;")]
    [InlineData("public partial int Visits { get; set; } public sealed class [|RemoveVisits|];")]
    [InlineData("public partial List<int> Visits { get; set; } public void [|MutateVisits|](Action<List<int>> change) { }")]
    [InlineData("public partial int [|Keys|] { get; set; }")]
    [InlineData("public partial int [|Session|] { get; set; }")]
    [InlineData("public partial int [|Modified|] { get; set; }")]
    [InlineData("private partial int Secret { get; set; } private sealed class [|PrivateKeys|];")]
    [InlineData("public static ValueTask<Shape?> [|BindAsync|](HttpContext context) => default;")]
    [InlineData("public [|Shape|](Session session) { }")]
    public Task A_member_with_the_name_of_a_generated_one_is_reported(string members) =>
        AnalyzerTest<GeneratedNameMustBeFreeAnalyzer>.Verify($$"""[SessionShape] public partial class Shape { {{members}} }""");

    [Theory]
    [InlineData("[SessionShape] public partial class [|Keys|];")]
    [InlineData("[SessionShape] public partial class [|HasVisits|] { public partial int Visits { get; set; } }")]
    [InlineData("[SessionShape] public partial class [|Shape|](string name) { public string Name => name; }")]
    [InlineData("[SessionShape] public partial record [|Shape|](string Name);")]
    [InlineData("public class Base { protected bool HasVisits; } [SessionShape] public partial class Shape : Base { public partial int [|Visits|] { get; set; } }")]
    [InlineData("public class Base { public int Modified; } [SessionShape] public partial class [|Shape|] : Base;")]
    public Task So_are_names_of_the_class_itself_of_its_base_and_primary_constructors(string source) =>
        AnalyzerTest<GeneratedNameMustBeFreeAnalyzer>.Verify(source);

    [Fact]
    public Task Overloads_and_members_of_other_names_are_fine() => AnalyzerTest<GeneratedNameMustBeFreeAnalyzer>.VerifyValid("""
        public class Base { private static bool HasVisits() => true; public static bool Uses() => HasVisits(); }

        [SessionShape]
        public partial class Shape : Base
        {
            public partial int Visits { get; set; }
            public partial string Type { get; set; }
            public Shape() : this(null!) { }
            public int GetVisits(string fallback) => int.Parse(fallback);
            public bool TryGetVisits(int value) => value > 0;
            public int PopVisits<T>() => 1;
            public static int BindAsync() => 1;
            public static Shape Create() => new();
        }
        """);

    [Fact]
    public void Only_the_member_that_is_in_the_way_is_not_generated()
    {
        var file = GeneratorRun.Over(TestCompilation.Create("""
            [SessionShape]
            public partial class Shape
            {
                public partial int Visits { get; set; }
                public bool HasVisits => true;
            }
            """));
        file.CompilesWithoutWarning();
        Assert.DoesNotContain("HasVisits", file.ShapeFiles.Single(), StringComparison.Ordinal);
        Assert.Contains("TryGetVisits", file.ShapeFiles.Single(), StringComparison.Ordinal);
    }
}
