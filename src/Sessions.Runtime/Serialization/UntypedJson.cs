using System.Text.Json;

namespace Sessions;

/// <summary>JSON as plain .NET values: null, bool, string, long, double, lists and dictionaries; never a JsonElement.</summary>
internal static class UntypedJson
{
    public static object? Read(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        var value = ReadValue(ref reader);
        if (reader.Read())
            throw new JsonException("There is more than one value.");
        return value;
    }

    public static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "boolean",
        JsonTokenType.Number => "number",
        JsonTokenType.String => "string",
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        _ => "malformed JSON",
    };

    public static object? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var integer) ? (object)integer : reader.GetDouble();
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(ReadValue(ref reader));
                return list;
            case JsonTokenType.StartObject:
                var dictionary = new Dictionary<string, object?>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    dictionary[name] = ReadValue(ref reader);
                }

                return dictionary;
            default:
                throw new JsonException("There is no value.");
        }
    }
}
