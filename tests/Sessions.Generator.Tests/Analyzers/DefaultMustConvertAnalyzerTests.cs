using Sessions.Generator.Analyzers;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests.Analyzers;

public sealed class DefaultMustConvertAnalyzerTests
{
    [Theory]
    [InlineData("int", "\"5\"")]
    [InlineData("int", "5L")]
    [InlineData("int", "1.5")]
    [InlineData("int", "null")]
    [InlineData("byte", "256")]
    [InlineData("uint", "-1")]
    [InlineData("char", "65")]
    [InlineData("float", "1.5")]
    [InlineData("bool", "1")]
    [InlineData("string", "'c'")]
    [InlineData("string", "typeof(int)")]
    [InlineData("DayOfWeek", "1")]
    [InlineData("int", "DayOfWeek.Monday")]
    [InlineData("TimeSpan", "\"soon\"")]
    [InlineData("TimeSpan", "5")]
    [InlineData("Guid", "\"1234\"")]
    [InlineData("decimal", "\"1.5x\"")]
    [InlineData("decimal", "1.5")]
    [InlineData("DateTime", "\"yesterday\"")]
    [InlineData("DateOnly", "\"2024-01-31 10:00\"")]
    [InlineData("TimeOnly", "\"2024-01-31\"")]
    [InlineData("List<int>", "5")]
    [InlineData("int[]", "new[] { 5L }")]
    public Task A_default_of_another_type_is_reported(string type, string value) => AnalyzerTest<DefaultMustConvertAnalyzer>.Verify(
        $$"""[SessionShape] public partial class Shape { [SessionKey(Default = [|{{value}}|])] public partial {{type}} Key { get; set; } }""");

    [Theory]
    [InlineData("\"Missing\"")]
    [InlineData("nameof(Instance)")]
    [InlineData("nameof(WithArgument)")]
    [InlineData("nameof(Generic)")]
    [InlineData("nameof(OfAnotherType)")]
    [InlineData("nameof(Field)")]
    public Task A_factory_that_cannot_be_called_is_reported(string factory) => AnalyzerTest<DefaultMustConvertAnalyzer>.Verify($$"""
        [SessionShape]
        public partial class Shape
        {
            [SessionKey(DefaultFactory = [|{{factory}}|])] public partial List<int> Key { get; set; }
            private List<int> Instance() => [];
            private static List<int> WithArgument(int size) => new(size);
            private static List<int> Generic<T>() => [];
            private static List<string> OfAnotherType() => [];
            private static readonly Func<List<int>> Field = () => [];
        }
        """);

    [Fact]
    public Task A_factory_may_be_inherited_and_return_a_derived_type() => AnalyzerTest<DefaultMustConvertAnalyzer>.VerifyValid("""
        public class Base { protected static List<int> NewNumbers() => []; }

        [SessionShape]
        public partial class Shape : Base
        {
            [SessionKey(DefaultFactory = nameof(NewNumbers))] public partial IList<int> Numbers { get; set; }
            [SessionKey(DefaultFactory = nameof(Now))] public partial DateTime Started { get; set; }
            private static DateTime Now() => DateTime.UtcNow;
        }
        """);
}
