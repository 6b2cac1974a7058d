using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sessions;

/// <summary>
/// What System.Text.Json needs to know of simple types, and of arrays, lists and string-keyed dictionaries of them, without reflection.
/// </summary>
internal sealed class SimpleTypeInfoResolver : IJsonTypeInfoResolver
{
    private readonly Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> _known = [];

    private SimpleTypeInfoResolver()
    {
        AddValue(JsonMetadataServices.BooleanConverter);
        AddValue(JsonMetadataServices.ByteConverter);
        AddValue(JsonMetadataServices.SByteConverter);
        AddValue(JsonMetadataServices.Int16Converter);
        AddValue(JsonMetadataServices.UInt16Converter);
        AddValue(JsonMetadataServices.Int32Converter);
        AddValue(JsonMetadataServices.UInt32Converter);
        AddValue(JsonMetadataServices.Int64Converter);
        AddValue(JsonMetadataServices.UInt64Converter);
        AddValue(JsonMetadataServices.SingleConverter);
        AddValue(JsonMetadataServices.DoubleConverter);
        AddValue(JsonMetadataServices.DecimalConverter);
        AddValue(JsonMetadataServices.CharConverter);
        AddValue(JsonMetadataServices.GuidConverter);
        AddValue(JsonMetadataServices.DateTimeConverter);
        AddValue(JsonMetadataServices.DateTimeOffsetConverter);
        AddValue(JsonMetadataServices.DateOnlyConverter);
        AddValue(JsonMetadataServices.TimeOnlyConverter);
        AddValue(JsonMetadataServices.TimeSpanConverter);
        Add(JsonMetadataServices.StringConverter);
        Add(new UntypedJsonConverter());
        _known[typeof(byte[])] = options => JsonMetadataServices.CreateValueInfo<byte[]>(options, JsonMetadataServices.ByteArrayConverter);
    }

    public static SimpleTypeInfoResolver Instance { get; } = new();

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        _known.TryGetValue(type, out var create) ? create(options) : null;

    private void AddValue<T>(JsonConverter<T> converter)
        where T : struct
    {
        Add(converter);
        _known[typeof(T?)] = options => JsonMetadataServices.CreateValueInfo<T?>(options, JsonMetadataServices.GetNullableConverter<T>(options));
    }

    private void Add<T>(JsonConverter<T?> converter)
    {
        _known[typeof(T)] = options => JsonMetadataServices.CreateValueInfo<T>(options, converter);
        _known[typeof(T[])] = options => JsonMetadataServices.CreateArrayInfo(options, new JsonCollectionInfoValues<T[]>());
        _known[typeof(List<T>)] = options => JsonMetadataServices.CreateListInfo<List<T>, T>(
            options, new JsonCollectionInfoValues<List<T>> { ObjectCreator = static () => [] });
        _known[typeof(Dictionary<string, T>)] = options => JsonMetadataServices.CreateDictionaryInfo<Dictionary<string, T>, string, T>(
            options, new JsonCollectionInfoValues<Dictionary<string, T>> { ObjectCreator = static () => [] });
    }
}
