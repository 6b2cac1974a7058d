using MemoryPack;

namespace Sessions.Tests;

/// <summary>
/// A worked example: session values by MemoryPack, which needs the type to read a value. Reading a value without one, as
/// <c>session["key"]</c> does, is refused.
/// </summary>
internal sealed class MemoryPackSessionSerializer : ISessionSerializer
{
    public string Format => "memorypack";

    public byte[] Serialize<T>(T value) => typeof(T) == typeof(object) && value is not null
        ? MemoryPackSerializer.Serialize(value.GetType(), value)
        : MemoryPackSerializer.Serialize(value);

    public T? Deserialize<T>(ReadOnlySpan<byte> data) => typeof(T) == typeof(object)
        ? throw new NotSupportedException("MemoryPack reads a value only with its type: use Get<T>.")
        : MemoryPackSerializer.Deserialize<T>(data);

    public string Describe(ReadOnlySpan<byte> data) => $"{data.Length} bytes of MemoryPack";
}
