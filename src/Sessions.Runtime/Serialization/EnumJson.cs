using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Sessions;

/// <summary>
/// Enums as their numbers, alone or in an array, a list or a string-keyed dictionary, where reflection is off and no context names them:
/// System.Text.Json has no metadata for a type parameter that is an enum.
/// </summary>
internal static class EnumJson
{
    public static bool IsFor(Type type) => EnumOf(type) is not null;

    public static byte[] Serialize(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value);
        return buffer.WrittenSpan.ToArray();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2091", Justification = "Called with the type itself, by no interface, the constructor of it is compiled.")]
    public static T? Deserialize<T>(ReadOnlySpan<byte> data, int maxDepth)
    {
        var type = EnumOf(typeof(T))!;
        switch (UntypedJson.Read(data, maxDepth))
        {
            case null when default(T) is null:
                return default;
            case List<object?> numbers when typeof(T).IsArray:
                var array = Array.CreateInstanceFromArrayType(typeof(T), numbers.Count);
                for (var i = 0; i < numbers.Count; i++)
                    array.SetValue(ToEnum(type, numbers[i]), i);
                return (T)(object)array;
            case List<object?> numbers:
                var list = (IList)Activator.CreateInstance<T>()!;
                foreach (var number in numbers)
                    list.Add(ToEnum(type, number));
                return (T)list;
            case Dictionary<string, object?> numbers:
                var dictionary = (IDictionary)Activator.CreateInstance<T>()!;
                foreach (var (key, number) in numbers)
                    dictionary[key] = ToEnum(type, number);
                return (T)dictionary;
            case var number:
                return (T)ToEnum(type, number);
        }
    }

    private static Type? EnumOf(Type type)
    {
        var element = type.IsArray ? type.GetElementType()!
            : type.IsGenericType && IsCollection(type) ? type.GetGenericArguments()[^1]
            : Nullable.GetUnderlyingType(type) ?? type;
        return element.IsEnum ? element : null;
    }

    private static bool IsCollection(Type type) => type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(List<>) || (definition == typeof(Dictionary<,>) && type.GetGenericArguments()[0] == typeof(string)));

    private static object ToEnum(Type type, object? number) => number is long
        ? Enum.ToObject(type, Convert.ChangeType(number, Enum.GetUnderlyingType(type), CultureInfo.InvariantCulture))
        : throw new JsonException("The value is not a whole number.");

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case IDictionary dictionary:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in dictionary)
                {
                    writer.WritePropertyName((string)entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable values:
                writer.WriteStartArray();
                foreach (var item in values)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
