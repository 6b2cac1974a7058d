using System.Globalization;
using Sessions.Generator.Tests.Infrastructure;

namespace Sessions.Generator.Tests;

/// <summary>What a constant in an attribute becomes.</summary>
public sealed class DefaultTests
{
    public static TheoryData<string, string, object?> Defaults => new()
    {
        { "int", "5", 5 },
        { "int", "int.MinValue", int.MinValue },
        { "int", "'a'", 97 },
        { "int?", "5", 5 },
        { "int?", "null", null },
        { "long", "5", 5L },
        { "long", "long.MinValue", long.MinValue },
        { "ulong", "ulong.MaxValue", ulong.MaxValue },
        { "ulong", "5", 5UL },
        { "uint", "uint.MaxValue", uint.MaxValue },
        { "byte", "255", (byte)255 },
        { "sbyte", "-128", (sbyte)-128 },
        { "short", "(short)-5", (short)-5 },
        { "ushort", "(byte)5", (ushort)5 },
        { "nint", "5", (nint)5 },
        { "bool", "true", true },
        { "char", "'\\''", '\'' },
        { "char", "'\\uD800'", '\uD800' },
        { "float", "1.5f", 1.5f },
        { "float", "float.NaN", float.NaN },
        { "float", "3", 3f },
        { "double", "0.1", 0.1 },
        { "double", "double.Epsilon", double.Epsilon },
        { "double", "double.MaxValue", double.MaxValue },
        { "double", "double.NaN", double.NaN },
        { "double", "double.PositiveInfinity", double.PositiveInfinity },
        { "double", "double.NegativeInfinity", double.NegativeInfinity },
        { "double", "-0.0", -0.0 },
        { "double", "1e20f", (double)1e20f },
        { "decimal", "5", 5m },
        { "decimal", "\"-1.50\"", -1.50m },
        { "decimal?", "\"79228162514264337593543950335\"", decimal.MaxValue },
        { "string", "\"a\\\"\\\\\\r\\n\\t\\0\\u2028{}\"", "a\"\\\r\n\t\0\u2028{}" },
        { "string", "\"\\uD83D\\uDE00 \\uD800\"", "\U0001F600 \uD800" },
        { "string?", "null", null },
        { "string", "\"\"", "" },
        { "object", "5", 5 },
        { "object", "\"text\"", "text" },
        { "IComparable", "(byte)5", (byte)5 },
        { "DayOfWeek", "DayOfWeek.Friday", DayOfWeek.Friday },
        { "DayOfWeek?", "(DayOfWeek)(-3)", (DayOfWeek)(-3) },
        { "DayOfWeek", "0", DayOfWeek.Sunday },
        { "object", "DayOfWeek.Friday", DayOfWeek.Friday },
        { "TimeSpan", "\"01:02:03.5\"", new TimeSpan(0, 1, 2, 3, 500) },
        { "TimeSpan?", "\"-2.00:00\"", TimeSpan.FromDays(-2) },
        { "Guid", "\"{6F9619FF-8B86-D011-B42D-00CF4FC964FF}\"", new Guid("6F9619FF-8B86-D011-B42D-00CF4FC964FF") },
        { "DateOnly", "\"2024-02-29\"", new DateOnly(2024, 2, 29) },
        { "TimeOnly", "\"23:59:58.25\"", new TimeOnly(23, 59, 58, 250) },
        { "DateTime", "\"2024-02-29T10:00:00\"", new DateTime(2024, 2, 29, 10, 0, 0, DateTimeKind.Unspecified) },
        { "DateTime", "\"2024-02-29T10:00:00Z\"", new DateTime(2024, 2, 29, 10, 0, 0, DateTimeKind.Utc) },
        { "DateTimeOffset", "\"2024-02-29T10:00:00+02:00\"", new DateTimeOffset(2024, 2, 29, 10, 0, 0, TimeSpan.FromHours(2)) },
        { "DateTimeOffset?", "\"2024-02-29\"", new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero) },
    };

    [Theory]
    [MemberData(nameof(Defaults), DisableDiscoveryEnumeration = true)]
    public void A_constant_becomes_the_value_it_stands_for(string type, string constant, object? expected)
    {
        var key = LoadKey($$"""[SessionKey(Default = {{constant}})] public partial {{type}} Key { get; set; }""");
        var actual = key.GetType().GetProperty("DefaultValue")!.GetValue(key);
        Assert.Equal(true, key.GetType().GetProperty("HasDefault")!.GetValue(key));
        Assert.Equal(expected, actual);
        Assert.Equal(expected?.GetType(), actual?.GetType());
        if (expected is DateTime time)
            Assert.Equal(time.Kind, ((DateTime)actual!).Kind);
        if (expected is double or decimal)
            Assert.Equal(((IFormattable)expected).ToString(null, CultureInfo.InvariantCulture), ((IFormattable)actual!).ToString(null, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Without_one_there_is_no_default()
    {
        var key = LoadKey("public partial int Key { get; set; }");
        Assert.Equal(false, key.GetType().GetProperty("HasDefault")!.GetValue(key));
        Assert.Null(key.GetType().GetProperty("DefaultFactory")!.GetValue(key));
    }

    [Theory]
    [InlineData("private static List<int> Make() => [1];")]
    [InlineData("private static List<int> Make() => [1]; private static List<int> Make(int i) => [i];")]
    [InlineData("internal static List<int> @Make() => [1];")]
    public void A_factory_makes_a_new_default_each_time(string method)
    {
        var key = LoadKey($$"""[SessionKey(DefaultFactory = nameof(Make))] public partial List<int> Key { get; set; } {{method}}""");
        var factory = (Func<List<int>>)key.GetType().GetProperty("DefaultFactory")!.GetValue(key)!;
        Assert.Equal([1], factory());
        Assert.NotSame(factory(), factory());
    }

    public static TheoryData<string, string, object> Collections => new()
    {
        { "int[]", "new[] { 1, 2 }", (int[])[1, 2] },
        { "string?[]?", "new[] { \"a\", null }", (string?[])["a", null] },
        { "string[]", "(string[])[\"a\"]", (string[])["a"] },
        { "long[]", "new[] { 1, 2 }", (long[])[1, 2] },
        { "DayOfWeek[]", "new[] { DayOfWeek.Friday }", (DayOfWeek[])[DayOfWeek.Friday] },
        { "TimeSpan[]", "new[] { \"00:01\" }", (TimeSpan[])[TimeSpan.FromMinutes(1)] },
        { "int?[]", "new[] { 1 }", (int?[])[1] },
        { "object[]", "new object[] { 1, \"a\" }", (object[])[1, "a"] },
        { "List<int>", "new[] { 1, 2 }", (List<int>)[1, 2] },
        { "HashSet<string>", "new[] { \"a\" }", (HashSet<string>)["a"] },
        { "IReadOnlyList<int>", "new[] { 1 }", (int[])[1] },
        { "IList<int>", "new int[0]", (List<int>)[] },
        { "System.Collections.Immutable.ImmutableArray<int>", "new[] { 1, 2 }", System.Collections.Immutable.ImmutableArray.Create(1, 2) },
        { "System.Collections.Immutable.ImmutableList<byte>", "new byte[] { 1 }", System.Collections.Immutable.ImmutableList.Create((byte)1) },
    };

    [Theory]
    [MemberData(nameof(Collections), DisableDiscoveryEnumeration = true)]
    public void An_array_becomes_a_new_collection_each_time(string type, string array, object expected)
    {
        var key = LoadKey($$"""[SessionKey(Default = {{array}})] public partial {{type}} Key { get; set; }""");
        var factory = (Delegate)key.GetType().GetProperty("DefaultFactory")!.GetValue(key)!;
        Assert.Equal(((System.Collections.IEnumerable)expected).Cast<object?>(), ((System.Collections.IEnumerable)factory.DynamicInvoke()!).Cast<object?>());
        Assert.True(type.StartsWith("System", StringComparison.Ordinal) || array.Contains('0', StringComparison.Ordinal) || factory.DynamicInvoke() != factory.DynamicInvoke());
    }

    [Fact]
    public void A_value_goes_before_a_factory()
    {
        var key = LoadKey("[SessionKey(Default = 5, DefaultFactory = nameof(Make))] public partial int Key { get; set; } private static int Make() => 6;");
        Assert.Null(key.GetType().GetProperty("DefaultFactory")!.GetValue(key));
        Assert.Equal(5, key.GetType().GetProperty("DefaultValue")!.GetValue(key));
    }

    [Theory]
    [InlineData("[Flags] public enum Kinds : byte { A = 1, B = 2 }", "Kinds", "Kinds.A | Kinds.B", "A, B")]
    [InlineData("public enum Big : ulong { Max = ulong.MaxValue }", "Big?", "Big.Max", "Max")]
    [InlineData("public enum @enum { @class }", "@enum", "@enum.@class", "class")]
    public void Enums_of_every_kind_convert(string declaration, string type, string constant, string expected)
    {
        var key = LoadKey($$"""{{declaration}} [SessionKey(Default = {{constant}})] public partial {{type}} Key { get; set; }""");
        Assert.Equal(expected, key.GetType().GetProperty("DefaultValue")!.GetValue(key)!.ToString());
    }

    [Fact]
    public void A_factory_may_be_a_base_class_s_own_and_say_that_it_gives_null() => GeneratorRun.Valid("""
        public class Base { protected static List<int> Make() => [1]; internal static string? MakeText() => null; }
        [SessionShape]
        public partial class Shape : Base
        {
            [SessionKey(DefaultFactory = nameof(Make))] public partial IReadOnlyList<int> Numbers { get; set; }
            [SessionKey(DefaultFactory = nameof(MakeText))] public partial string Text { get; set; }
        }
        """);

    [Theory]
    [InlineData("[SessionKey(Default = new[] { 1, -1 })] public partial byte[] Key { get; set; }")]
    [InlineData("[SessionKey(Default = new[] { 1 })] public partial Dictionary<string, int> Key { get; set; }")]
    [InlineData("[SessionKey(Default = new[] { 1 })] public partial int Key { get; set; }")]
    [InlineData("[SessionKey(Default = \"x\")] public partial int Key { get; set; }")]
    [InlineData("[SessionKey(DefaultFactory = \"Missing\")] public partial int Key { get; set; }")]
    public void A_default_that_does_not_convert_is_left_to_the_rule(string property) => LoadKey(property);

    private static object LoadKey(string members) => GeneratorRun.Valid($$"""[SessionShape] public partial class Shape { {{members}} }""")
        .Load().GetType("Shape")!.GetNestedType("Keys")!.GetField("Key")!.GetValue(null)!;
}
