namespace Sessions;

/// <summary>
/// Turns single session values into bytes and back. It must be data-only: no type name is read from the bytes, so that stored
/// data can never choose what is created.
/// </summary>
public interface ISessionSerializer
{
    /// <summary>
    /// The name of what this serializer writes, by which its values are told from those of others. Keep it when the type is renamed.
    /// </summary>
    /// <value>The full name of the type.</value>
    string Format => GetType().FullName ?? GetType().Name;

    /// <summary>Encodes a value.</summary>
    /// <exception cref="Exception">Any, when the value cannot be encoded; the session wraps it and names the key.</exception>
    byte[] Serialize<T>(T value);

    /// <summary>Decodes a value. For <c>T</c> = <see cref="object"/> it gives null, bool, string, long, double,
    /// <c>List&lt;object?&gt;</c> or <c>Dictionary&lt;string, object?&gt;</c>.</summary>
    /// <exception cref="Exception">Any, when the bytes do not hold a <typeparamref name="T"/>; the session wraps it and names the key.</exception>
    T? Deserialize<T>(ReadOnlySpan<byte> data);

    /// <summary>What kind of value the bytes hold, in a word or two, for error messages. Never the value itself.</summary>
    string Describe(ReadOnlySpan<byte> data);
}
