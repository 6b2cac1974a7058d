using System.Security.Cryptography;
using System.Text;

namespace Sessions;

/// <summary>
/// The serializer that writes values, and the former ones that still read theirs. What is not JSON begins with a tag that tells whose it is.
/// </summary>
/// <remarks>
/// <code>
/// field    bytes    meaning
/// mark     1        0, with which no JSON begins; without it the value is JSON, and there is no tag
/// format   4        the first bytes of the SHA-256 of ISessionSerializer.Format
/// value    rest     as the serializer left it
/// </code>
/// </remarks>
internal sealed class SessionSerializers
{
    public const byte Mark = 0;
    private const int TagSize = 5;

    private static readonly byte[] BytesTag = [Mark, 0x27, 0x70, 0x89, 0xD9];   // known, so that no application hashes as it starts

    private readonly ISessionSerializer _current;
    private readonly byte[] _tag;
    private readonly Reader[] _readers;

    public SessionSerializers(ISessionSerializer current, params IEnumerable<ISessionSerializer> former)
    {
        _current = current;
        _tag = TagOf(current);
        _readers = [new(_tag, current), .. former.Select(static serializer => new Reader(TagOf(serializer), serializer)), new(BytesTag, BytesSerializer.Instance)];
    }

    public byte[] Serialize<T>(T value)
    {
        var bytes = _current.Serialize(value);
        return _tag.Length == 0 ? bytes : [.. _tag, .. bytes];
    }

    public T? Deserialize<T>(ReadOnlySpan<byte> data)
    {
        var reader = Find(data, out var value) ?? throw new NotSupportedException("The value was written by a serializer that is not configured.");

        // Called by its class and not by the interface, native compilation sees what a T needs: the constructor of a list of enums.
        return reader is JsonSessionSerializer json ? json.Deserialize<T>(value) : reader.Deserialize<T>(value);
    }

    public string Describe(ReadOnlySpan<byte> data) => Find(data, out var value)?.Describe(value) ?? "a value of another serializer";

    /// <summary>Bytes as a value.</summary>
    public static byte[] FromBytes(byte[] bytes) => [.. BytesTag, .. bytes];

    /// <summary>A value as bytes.</summary>
    public byte[] ToBytes(ReadOnlySpan<byte> data)
    {
        try
        {
            return BytesSerializer.Instance.Serialize(Deserialize<object>(data));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return WithoutTag(data).ToArray();
        }
    }

    /// <summary>Whether there is a reader for every value.</summary>
    public bool CanRead(SessionPayload payload) => (_tag.Length == 0 && !payload.IsTagged) || payload.All(value => Find(value, out _) is not null);

    /// <summary>The value as its serializer left it.</summary>
    public static ReadOnlySpan<byte> WithoutTag(ReadOnlySpan<byte> data) => data is [Mark, ..] && data.Length >= TagSize ? data[TagSize..] : data;

    private ISessionSerializer? Find(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> value)
    {
        value = WithoutTag(data);
        var tag = data[..^value.Length];
        foreach (var reader in _readers)
        {
            if (tag.SequenceEqual(reader.Tag))
                return reader.Serializer;
        }

        return null;
    }

    private static byte[] TagOf(ISessionSerializer serializer) => serializer.Format == JsonSessionSerializer.FormatName
        ? []
        : [Mark, .. SHA256.HashData(Encoding.UTF8.GetBytes(serializer.Format)).AsSpan(0, TagSize - 1)];

    private sealed record Reader(byte[] Tag, ISessionSerializer Serializer);
}
