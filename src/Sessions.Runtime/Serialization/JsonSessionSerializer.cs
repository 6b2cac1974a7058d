using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sessions;

/// <summary>Session values as JSON in UTF-8, by System.Text.Json.</summary>
public sealed class JsonSessionSerializer : ISessionSerializer
{
    private readonly JsonSerializerOptions _options;

    /// <summary>Makes a serializer.</summary>
    /// <param name="options">
    /// Copied. Null takes the defaults: fields are included, so that tuples keep their items, and text is escaped as little as JSON
    /// allows. <see cref="JsonSerializerOptions.TypeInfoResolver"/> takes source-generated contexts.
    /// </param>
    public JsonSessionSerializer(JsonSerializerOptions? options = null)
    {
        _options = options is null ? Defaults() : new JsonSerializerOptions(options);
        _options.TypeInfoResolver = JsonTypeInfoResolver.Combine(_options.TypeInfoResolver ?? ReflectionResolver(), SimpleTypeInfoResolver.Instance);
        _options.MakeReadOnly();
    }

    /// <inheritdoc/>
    public byte[] Serialize<T>(T value)
    {
        var type = typeof(T) == typeof(object) && value is not null ? value.GetType() : typeof(T);
        if (NeedsEnumAsNumber(type))
            return SerializeAs(Enum.GetUnderlyingType(type), Convert.ChangeType(value, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture));
        return type == typeof(T) ? JsonSerializer.SerializeToUtf8Bytes(value, TypeInfo<T>()) : SerializeAs(type, value);
    }

    /// <inheritdoc/>
    public T? Deserialize<T>(ReadOnlySpan<byte> data)
    {
        if (typeof(T) == typeof(object))
            return (T?)UntypedJson.Read(data, _options.MaxDepth);
        if (NeedsEnumAsNumber(typeof(T)))
            return (T)Enum.ToObject(typeof(T), JsonSerializer.Deserialize(data, _options.GetTypeInfo(Enum.GetUnderlyingType(typeof(T))))!);
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

    private byte[] SerializeAs(Type type, object? value) => JsonSerializer.SerializeToUtf8Bytes(value, _options.GetTypeInfo(type));

    // An enum that no context names has no metadata without reflection; its number has.
    private bool NeedsEnumAsNumber(Type type) => type.IsEnum && !_options.TryGetTypeInfo(type, out _);

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    // What is stored is data: it is never written into a page as it is, so the escapes that HTML would need are only bytes.
    private static JsonSerializerOptions Defaults() => new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IncludeFields = true,
    };

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Where reflection is off, it is not used.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Where reflection is off, it is not used.")]
    private static IJsonTypeInfoResolver ReflectionResolver() =>
        JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : JsonTypeInfoResolver.Combine();
}
