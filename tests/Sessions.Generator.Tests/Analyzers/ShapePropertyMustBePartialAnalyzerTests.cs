using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class ShapePropertyMustBePartialAnalyzerTests
{
    [Theory]
    [InlineData("public static partial int [|Visits|] { get; set; }")]
    [InlineData("public partial int [|Visits|] { get; }")]
    [InlineData("public partial int [|Visits|] { set; }")]
    [InlineData("public partial int [|Visits|] { get; init; }")]
    [InlineData("public required partial int [|Visits|] { get; set; }")]
    [InlineData("public int [|Visits|] { get; set; }")]
    [InlineData("public int [|Visits|] { get; init; }")]
    [InlineData("public int [|Visits|] { get; set; } = 5;")]
    [InlineData("[SessionKey] public int [|Visits|] => 5;")]
    [InlineData("[SessionKey(\"v\")] public static int [|Visits|] { get; set; }")]
    [InlineData("public partial int [|Visits|] { get; set; } public partial int Visits { get => 1; set { } }")]
    public Task A_property_that_was_meant_as_a_key_is_reported(string property) =>
        AnalyzerTest<ShapePropertyMustBePartialAnalyzer>.Verify($$"""[SessionShape] public partial class VisitSession { {{property}} }""");

    [Fact]
    public Task Keys_and_properties_that_compute_are_fine() => AnalyzerTest<ShapePropertyMustBePartialAnalyzer>.VerifyValid("""
        [SessionShape]
        public partial class VisitSession
        {
            public partial int Visits { get; set; }
            public int Twice => Visits * 2;
            public int Once { get => Visits; set => Visits = value; }
            public DateTime Seen { get; } = DateTime.UnixEpoch;
            public static int Shared { get; set; }
            public int this[int index] { get => index; set { } }
        }

        public class NoShape
        {
            public int Visits { get; set; }
        }
        """);

    [Fact]
    public Task The_fix_makes_each_property_a_key() => FixTest<ShapePropertyMustBePartialAnalyzer, ShapePropertyMustBePartialFixer>.Verify(
        """
        [SessionShape]
        public partial class VisitSession
        {
            // how often
            public int Visits { get; set; }
            public static partial int Static { get; set; }
            public partial int ReadOnly { get; }
            public partial int Init { get; init; }
            public string Color { get; set; } = "blue";
            [SessionKey("c")]
            public required string? Coupon { get; init; } = null;
            int Private { get; set; }
        }
        """,
        """
        [SessionShape]
        public partial class VisitSession
        {
            // how often
            public partial int Visits { get; set; }
            public partial int Static { get; set; }
            public partial int ReadOnly { get; set; }
            public partial int Init { get; set; }
            [SessionKey(Default = "blue")] public partial string Color { get; set; }
            [SessionKey("c")]
            public partial string? Coupon { get; set; }
            partial int Private { get; set; }
        }
        """);

    [Fact]
    public Task The_fix_works_on_all_places_at_once() => FixTest<ShapePropertyMustBePartialAnalyzer, ShapePropertyMustBePartialFixer>.VerifyAll(
        """
        [SessionShape]
        public partial class VisitSession
        {
            public int Visits { get; set; }
            public string? Coupon { get; set; }
        }
        """,
        """
        [SessionShape]
        public partial class VisitSession
        {
            public partial int Visits { get; set; }
            public partial string? Coupon { get; set; }
        }
        """);

    [Theory]
    [InlineData("[SessionKey] public int Visits => 5;")]
    [InlineData("public List<int> Visits { get; set; } = [];")]
    [InlineData("[SessionKey] public int Visits { get => 1; set { } }")]
    public Task The_fix_never_loses_code(string property) =>
        FixTest<ShapePropertyMustBePartialAnalyzer, ShapePropertyMustBePartialFixer>.OffersNothing(
            $$"""[SessionShape] public partial class VisitSession { {{property}} }""");
}
