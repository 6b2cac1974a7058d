using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class JsonContextShouldCoverTypeAnalyzerTests
{
    private const string Shop = """
        using System.Text.Json.Serialization;

        namespace Shop;

        [SessionShape]
        public partial class CartSession
        {
            public partial List<Line> Lines { get; set; }
            public partial Visitor? Visitor { get; set; }
        }

        public sealed record Line(string Sku);
        public sealed record Visitor(int Id);
        """;

    private const string Source = """
        using System.Text.Json.Serialization;

        [SessionShape]
        public partial class CartSession
        {
            public partial int Visits { get; set; }
            public partial string? Note { get; set; }
            public partial DayOfWeek[] Days { get; set; }
            public partial Dictionary<string, DateTimeOffset> Times { get; set; }
            public partial List<object> Things { get; set; }
            public partial TimeSpan? Late { get; set; }
            public partial [|IReadOnlyList<int>|] Numbers { get; set; }
            public partial [|List<int?>|] Gaps { get; set; }
            public partial [|Line?|] Line { get; set; }
            public partial List<Line> Lines { get; set; }
            public partial Part Part { get; set; }
            public partial [|Part[]|] Parts { get; set; }
            public partial Cat Cat { get; set; }
        }

        internal static class Uses
        {
            private static readonly SessionKey<Visitor> Key = [|new("visitor")|];
            public static int Run(Session session) => session.Get<[|Visitor?|]>("a") is null || Key is null ? 1 : 2;
            public static T? Run<T>(Session session) => session.Get<T>("a");
        }

        public record struct Line(string Sku, Part Part, Animal Animal);
        public sealed record Part(int Id);
        public sealed record Visitor(int Id);
        [JsonDerivedType(typeof(Cat))] public abstract class Animal;
        public sealed class Cat : Animal;

        internal static partial class Outer
        {
            [JsonSerializable(typeof(string))]
            [JsonSerializable(typeof(List<Line>))]
            internal sealed partial class Context : JsonSerializerContext;
        }

        """;

    [Theory]
    [InlineData("PublishAot")]
    [InlineData("PublishTrimmed")]
    [InlineData("IsAotCompatible")]
    public async Task A_type_that_no_context_covers_is_reported_under_trimming(string property) =>
        await AnalyzerTest<JsonContextShouldCoverTypeAnalyzer>.Verify(Source, options: TestOptions.Of(property));

    [Fact]
    public async Task Otherwise_reflection_does() =>
        Assert.Empty(await AnalyzerTest<JsonContextShouldCoverTypeAnalyzer>.Run(Markup.Parse(Source).Source));

    [Fact]
    public Task The_fix_adds_the_type_to_the_context_there_is() => FixTest<JsonContextShouldCoverTypeAnalyzer, JsonContextShouldCoverTypeFixer>.Verify(
        Shop + """


        // what is stored
        [JsonSerializable(typeof(string))]
        internal sealed partial class ShopContext : JsonSerializerContext;
        """,
        Shop + """


        // what is stored
        [JsonSerializable(typeof(string))]
        [JsonSerializable(typeof(List<Line>))]
        [JsonSerializable(typeof(Visitor))]
        internal sealed partial class ShopContext : JsonSerializerContext;
        """,
        options: TestOptions.Of("PublishAot"));

    [Fact]
    public Task The_fix_of_all_writes_one_context_where_there_is_none() => FixTest<JsonContextShouldCoverTypeAnalyzer, JsonContextShouldCoverTypeFixer>.VerifyAll(
        Shop,
        Shop + """


        [JsonSerializable(typeof(Visitor))]
        [JsonSerializable(typeof(List<Line>))]
        internal sealed partial class SessionJsonContext : JsonSerializerContext;

        """,
        options: TestOptions.Of("PublishAot"));
}
