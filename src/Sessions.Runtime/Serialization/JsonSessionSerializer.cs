using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sessions;

/// <summary>Session values as JSON in UTF-8, by System.Text.Json.</summary>
public sealed class JsonSessionSerializer : ISessionSerializer
{
    internal const string FormatName = "json";

    private readonly Lazy<JsonSerializerOptions> _options;   // made for the first value: an application is to start at once
    private bool _isReflecting;   // every type has metadata; known with the options

    /// <summary>Makes a serializer.</summary>
    /// <param name="options">
    /// Copied. Null takes the defaults: fields are included, so that tuples keep their items, and text is escaped as little as JSON
    /// allows. <see cref="JsonSerializerOptions.TypeInfoResolver"/> takes source-generated contexts.
    /// </param>
    public JsonSessionSerializer(JsonSerializerOptions? options = null)
    {
        var own = options is null ? null : new JsonSerializerOptions(options);
        _options = new Lazy<JsonSerializerOptions>(() => Complete(own ?? Defaults()));
    }

    /// <inheritdoc/>
    public string Format => FormatName;

    /// <inheritdoc/>
    public byte[] Serialize<T>(T value)
    {
        var type = typeof(T) == typeof(object) && value is not null ? value.GetType() : typeof(T);
        if (NeedsEnumJson(type))
            return EnumJson.Serialize(value);
        return type == typeof(T)
            ? JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>())
            : JsonSerializer.SerializeToUtf8Bytes(value, _options.Value.GetTypeInfo(type));
    }

    /// <inheritdoc/>
    public T? Deserialize<T>(ReadOnlySpan<byte> data)
    {
        if (typeof(T) == typeof(object))
            return (T?)UntypedJson.Read(data, _options.Value.MaxDepth);
        if (NeedsEnumJson(typeof(T)))
            return EnumJson.Deserialize<T>(data, _options.Value.MaxDepth);
        return JsonSerializer.Deserialize(data, TypeInfo<T>());
    }

    /// <inheritdoc/>
    public string Describe(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            return reader.Read() ? UntypedJson.Kind(reader.TokenType) : "nothing";
        }
        catch (JsonException)
        {
            return "malformed JSON";
        }
    }

    private bool NeedsEnumJson(Type type)
    {
        var options = _options.Value;
        return !_isReflecting && EnumJson.IsFor(type) && !options.TryGetTypeInfo(type, out _);
    }

    private JsonTypeInfo<T> TypeInfo<T>()
    {
        var (options, last) = (_options.Value, LastTypeInfo<T>.Value);
        return last?.Options == options ? last : LastTypeInfo<T>.Value = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    private JsonSerializerOptions Complete(JsonSerializerOptions options)
    {
        _isReflecting = options.TypeInfoResolver is null && JsonSerializer.IsReflectionEnabledByDefault;
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(
            _isReflecting ? ReflectionResolver() : options.TypeInfoResolver, SimpleTypeInfoResolver.Instance);
        options.MakeReadOnly();
        return options;
    }

    // What is stored is data: it is never written into a page as it is, so the escapes that HTML would need are only bytes.
    private static JsonSerializerOptions Defaults() => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
        Converters = { new UntypedJsonConverter() },
    };

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where reflection is off, it is not used.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where reflection is off, it is not used.")]
    private static DefaultJsonTypeInfoResolver ReflectionResolver() => new();

    // One application has one serializer: what options look up by its type is here at hand.
    private static class LastTypeInfo<T>
    {
        public static JsonTypeInfo<T>? Value { get; set; }
    }
}
