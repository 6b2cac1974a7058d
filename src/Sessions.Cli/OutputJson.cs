using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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
    /// <summary>For people: indented, and text escaped as little as JSON allows.</summary>
    public static OutputJson Readable { get; } =
        new(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
