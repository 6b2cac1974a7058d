using System.Buffers.Binary;
using System.Text;

namespace Sessions;

/// <summary>
/// What <c>ISession</c> keeps: bytes, as they are. They read as what its extensions made them of: text in UTF-8, or four bytes of a number,
/// the highest first.
/// </summary>
internal sealed class BytesSerializer : ISessionSerializer
{
    public static BytesSerializer Instance { get; } = new();

    public string Format => "bytes";

    public byte[] Serialize<T>(T value) => value switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        int number => Number(number),
        long number and >= int.MinValue and <= int.MaxValue => Number((int)number),
        _ => throw new NotSupportedException($"{typeof(T)} has no form as bytes."),
    };

    public T? Deserialize<T>(ReadOnlySpan<byte> data)
    {
        if (typeof(T) == typeof(byte[]) || typeof(T) == typeof(object))
            return (T)(object)data.ToArray();
        if (typeof(T) == typeof(string))
            return (T)(object)Encoding.UTF8.GetString(data);
        if (data.Length == sizeof(int) && BinaryPrimitives.ReadInt32BigEndian(data) is var number)
        {
            if (typeof(T) == typeof(int) || typeof(T) == typeof(int?))
                return (T)(object)number;
            if (typeof(T) == typeof(long) || typeof(T) == typeof(long?))
                return (T)(object)(long)number;
        }

        throw new NotSupportedException($"Bytes do not read as {typeof(T)}.");
    }

    public string Describe(ReadOnlySpan<byte> data) => $"{data.Length} bytes";

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
