using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class MissingKeyShouldHaveDefaultAnalyzerTests
{
    [Fact]
    public Task Reads_by_the_indexer_are_noted_and_writes_are_not() => AnalyzerTest<MissingKeyShouldHaveDefaultAnalyzer>.VerifyValid("""
        internal static class Uses
        {
            public static object? Run(Session session, string key)
            {
                session["a"] = [|session["b"]|];
                (session["c"], session[key]) = (1, 2);
                _ = session.Get<int>("d");
                return [|session[key]|] is int number ? number : (long)[|session["e"]|]!;
            }
        }
        """);

    [Fact]
    public Task The_fix_reads_with_Get() => FixTest<MissingKeyShouldHaveDefaultAnalyzer, MissingKeyShouldHaveDefaultFixer>.Verify(
        """
        internal static class Uses
        {
            public static void Run(Session session)
            {
                var one = session["a"];
                var two = (string?)session["b"];
                var three = (int)session["c"]!;
                string four = (string)session["d"]!;
            }
        }
        """,
        """
        internal static class Uses
        {
            public static void Run(Session session)
            {
                var one = session.Get<object>("a");
                var two = session.Get<string?>("b");
                var three = session.Get<int>("c");
                string four = session.Get<string>("d")!;
            }
        }
        """);

    [Fact]
    public Task The_fix_works_on_all_places_at_once() => FixTest<MissingKeyShouldHaveDefaultAnalyzer, MissingKeyShouldHaveDefaultFixer>.VerifyAll(
        """
        internal static class Uses
        {
            public static object?[] Run(Session session) => [session["a"], session["b"]];
        }
        """,
        """
        internal static class Uses
        {
            public static object?[] Run(Session session) => [session.Get<object>("a"), session.Get<object>("b")];
        }
        """);

    [Theory]
    [InlineData("session[\"a\"] ??= 1")]
    [InlineData("_ = session?[\"a\"]")]
    public Task What_is_written_too_is_left_to_the_user(string statement) => FixTest<MissingKeyShouldHaveDefaultAnalyzer, MissingKeyShouldHaveDefaultFixer>.OffersNothing(
        $"internal static class Uses {{ public static void Run(Session session) {{ {statement}; }} }}");
}
