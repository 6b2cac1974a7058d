using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Sessions;

/// <summary>What the commands write as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionSummary))]
[JsonSerializable(typeof(ClearedSessions))]
[JsonSerializable(typeof(DeletedSession))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    private static readonly OutputJson Indented =
        new(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>For people: indented, and only those characters escaped that would deceive a reader, such as marks of direction.</summary>
    public static string Readable<T>(T value, Func<OutputJson, JsonTypeInfo<T>> type) =>
        Invisible().Replace(JsonSerializer.Serialize(value, type(Indented)), static match => $"\\u{(int)match.Value[0]:x4}");

    [GeneratedRegex(@"\p{Cf}")]
    private static partial Regex Invisible();
}
