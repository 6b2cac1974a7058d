using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class SessionShapeMustBePartialAnalyzerTests
{
    [Fact]
    public Task A_shape_that_is_not_partial_is_reported() => AnalyzerTest<SessionShapeMustBePartialAnalyzer>.Verify("""
        [SessionShape]
        public class [|VisitSession|];
        """);

    [Fact]
    public Task Each_type_around_a_shape_that_is_not_partial_is_reported_once() => AnalyzerTest<SessionShapeMustBePartialAnalyzer>.Verify("""
        public static class [|Outer|]
        {
            public partial struct Middle
            {
                [SessionShape] public partial class One;
            }

            public sealed record [|Other|]
            {
                [SessionShape] public class [|Two|];
            }

            [SessionShape] public partial record Three;
        }
        """);

    [Fact]
    public Task Partial_shapes_and_other_classes_are_left_alone() => AnalyzerTest<SessionShapeMustBePartialAnalyzer>.VerifyValid("""
        [SessionShape]
        public partial class VisitSession;

        public class NoShape
        {
            public class Inner;
        }
        """);

    [Fact]
    public Task The_fix_adds_the_modifier() => FixTest<SessionShapeMustBePartialAnalyzer, SessionShapeMustBePartialFixer>.Verify(
        """
        public static class Outer
        {
            // a comment
            [SessionShape]
            class VisitSession
            {
            }
        }
        """,
        """
        public static partial class Outer
        {
            // a comment
            [SessionShape]
            partial class VisitSession
            {
            }
        }
        """);

    [Fact]
    public Task The_fix_works_on_all_places_at_once() => FixTest<SessionShapeMustBePartialAnalyzer, SessionShapeMustBePartialFixer>.VerifyAll(
        """
        // first
        class Outer
        {
            [SessionShape] public sealed class One;
        }

        [SessionShape] class Two;
        """,
        """
        // first
        partial class Outer
        {
            [SessionShape] public sealed partial class One;
        }

        [SessionShape] partial class Two;
        """);
}
