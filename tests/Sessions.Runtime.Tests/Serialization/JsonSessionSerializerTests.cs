using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sessions.Tests;

public sealed class JsonSessionSerializerTests
{
    private readonly JsonSessionSerializer _serializer = new();

    [Fact]
    public void Bytes_have_the_tag_of_their_format() => Assert.Equal(
        [SessionSerializers.Mark, .. SHA256.HashData(Encoding.UTF8.GetBytes(BytesSerializer.Instance.Format))[..4], 7], SessionSerializers.FromBytes([7]));

    [Fact]
    public void Values_are_plain_compact_json()
    {
        Assert.Equal("1", Text(_serializer.Serialize(1)));
        Assert.Equal("null", Text(_serializer.Serialize<string?>(null)));
        Assert.Equal("null", Text(_serializer.Serialize<object?>(null)));
        Assert.Equal("\"é<☃>\"", Text(_serializer.Serialize("é<☃>")));
        Assert.Equal("""{"Owner":"Ada","Lines":["tea"]}""", Text(_serializer.Serialize(new Basket { Owner = "Ada", Lines = { "tea" } })));
        Assert.Equal("""{"Item1":1,"Item2":"two"}""", Text(_serializer.Serialize((1, "two"))));
    }

    [Fact]
    public void An_object_is_encoded_as_what_it_is()
    {
        Assert.Equal("1", Text(_serializer.Serialize<object>(1)));
        Assert.Equal("""{"Owner":"","Lines":[]}""", Text(_serializer.Serialize<object>(new Basket())));
    }

    [Fact]
    public void A_type_that_a_payload_names_is_not_made()
    {
        var payload = """{"$type":"System.IO.FileInfo, System.Runtime","Owner":"Ada"}"""u8;

        Assert.Equal("System.IO.FileInfo, System.Runtime", Assert.IsType<Dictionary<string, object?>>(_serializer.Deserialize<object>(payload))["$type"]);
        Assert.Equal("Ada", Assert.IsType<Basket>(_serializer.Deserialize<Basket>(payload)).Owner);
    }

    [Fact]
    public void Bytes_are_described_without_their_value()
    {
        Assert.Equal("null", _serializer.Describe("null"u8));
        Assert.Equal("boolean", _serializer.Describe("true"u8));
        Assert.Equal("boolean", _serializer.Describe("false"u8));
        Assert.Equal("number", _serializer.Describe("1"u8));
        Assert.Equal("string", _serializer.Describe("\"x\""u8));
        Assert.Equal("array", _serializer.Describe("[1]"u8));
        Assert.Equal("object", _serializer.Describe("{}"u8));
        foreach (var bytes in new byte[][] { [], [0xFF], [.. "hunter2"u8] })
            Assert.DoesNotContain("hunter2", _serializer.Describe(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void No_type_is_read_from_the_bytes()
    {
        var value = _serializer.Deserialize<object>("""{"$type":"System.Uri, System.Private.Uri","$id":"1"}"""u8);

        Assert.Equal(["$type", "$id"], Assert.IsType<Dictionary<string, object?>>(value).Keys);
    }

    [Fact]
    public void More_than_one_value_or_none_is_an_error()
    {
        foreach (var json in new[] { "1 2", "", " ", "[1", "{\"a\"", "[1,]", "// 1", "\"\\ud800\"" })
            Assert.ThrowsAny<Exception>(() => _serializer.Deserialize<object>(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Options_are_copied_and_their_converters_used()
    {
        var options = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } };
        var serializer = new JsonSessionSerializer(options);
        options.Converters.Clear();

        Assert.Equal("\"Monday\"", Text(serializer.Serialize(DayOfWeek.Monday)));
        Assert.Equal(DayOfWeek.Monday, serializer.Deserialize<DayOfWeek>("\"Monday\""u8));
    }

    [Fact]
    public void A_value_as_deep_as_the_options_allow_reads_without_a_type()
    {
        var serializer = new JsonSessionSerializer(new JsonSerializerOptions { MaxDepth = 200 });
        object value = 1;
        for (var depth = 0; depth < 100; depth++)
            value = new List<object> { value };

        var bytes = serializer.Serialize(value);

        Assert.Equal(bytes, serializer.Serialize(serializer.Deserialize<object>(bytes)));
        Assert.Equal("array", serializer.Describe(bytes));
    }

    [Fact]
    public void A_source_generated_context_is_used()
    {
        var serializer = WithoutReflection();

        var basket = serializer.Deserialize<Basket>(serializer.Serialize(new Basket { Owner = "Ada", Lines = { "tea" } }));

        Assert.Equal("Ada", basket?.Owner);
        Assert.Equal(["tea"], basket?.Lines);
        Assert.Equal("""{"Owner":"","Lines":[]}""", Text(serializer.Serialize<object>(new Basket())));
    }

    [Fact]
    public void Simple_values_need_neither_reflection_nor_a_context()
    {
        AssertAlike(true);
        AssertAlike((byte)1);
        AssertAlike(1);
        AssertAlike(1L);
        AssertAlike(1.5);
        AssertAlike(1.5m);
        AssertAlike('c');
        AssertAlike("text");
        AssertAlike((int?)1);
        AssertAlike((int?)null);
        AssertAlike(DayOfWeek.Monday);
        AssertAlike(Guid.NewGuid());
        AssertAlike(new DateTime(2026, 5, 13, 8, 0, 0, DateTimeKind.Utc));
        AssertAlike(new DateTimeOffset(2026, 5, 13, 8, 0, 0, TimeSpan.Zero));
        AssertAlike(new DateOnly(2026, 5, 13));
        AssertAlike(new TimeOnly(8, 0));
        AssertAlike(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Collections_of_simple_values_need_neither_reflection_nor_a_context()
    {
        AssertAlike(new[] { 1, 2 });
        AssertAlike(new byte[] { 1, 2 });
        AssertAlike(new[] { "a", "b" });
        AssertAlike(new List<int> { 1, 2 });
        AssertAlike(new List<string> { "a" });
        AssertAlike(new List<Guid> { Guid.NewGuid() });
        AssertAlike(new List<DateOnly> { new(2026, 5, 13) });
        AssertAlike(new Dictionary<string, int> { ["a"] = 1 });
        AssertAlike(new Dictionary<string, string> { ["a"] = "b" });
        AssertAlike(new Dictionary<string, decimal> { ["a"] = 1.5m });
        AssertAlike(new List<object?> { 1L, "two", null, true });
        AssertAlike(new Dictionary<string, object?> { ["a"] = 1.5, ["b"] = null });
    }

    [Fact]
    public void Enums_in_collections_need_neither_reflection_nor_a_context()
    {
        AssertAlike((DayOfWeek?)DayOfWeek.Monday);
        AssertAlike(new[] { DayOfWeek.Monday });
        AssertAlike(new List<DayOfWeek> { DayOfWeek.Monday });
        AssertAlike(new Dictionary<string, DayOfWeek> { ["a"] = DayOfWeek.Monday });
    }

    private static void AssertAlike<T>(T value)
    {
        var (serializer, expected) = (WithoutReflection(), new JsonSessionSerializer());

        var bytes = serializer.Serialize(value);

        Assert.Equal(Text(expected.Serialize(value)), Text(bytes));
        Assert.Equal(Text(bytes), Text(expected.Serialize(serializer.Deserialize<T>(bytes))));
        Assert.Equal(Text(bytes), Text(serializer.Serialize<object?>(value)));
    }

    private static JsonSessionSerializer WithoutReflection() => new(new JsonSerializerOptions { TypeInfoResolver = BasketJson.Default });

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
