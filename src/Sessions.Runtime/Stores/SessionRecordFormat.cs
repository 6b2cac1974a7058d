using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sessions;

/// <summary>A record as one run of bytes, for stores that have no columns, and back.</summary>
/// <remarks>
/// <code>
/// field       bytes   meaning
/// magic       4       "SES1"
/// version     8       of the record
/// created     8       UTC ticks
/// expires     8       UTC ticks
/// payload     rest
/// checksum    16      the first half of the SHA-256 of all before it
/// </code>
/// Integers are little-endian. Bytes that do not add up are no session.
/// </remarks>
internal static class SessionRecordFormat
{
    /// <summary>The bytes before the payload.</summary>
    public const int HeaderSize = 28;

    private const int ChecksumSize = 16;

    private static ReadOnlySpan<byte> Magic => "SES1"u8;

    public static byte[] Encode(SessionRecord record)
    {
        var bytes = new byte[HeaderSize + record.Payload.Length + ChecksumSize];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), record.Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), record.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(20), record.ExpiresAt.UtcTicks);
        record.Payload.Span.CopyTo(bytes.AsSpan(HeaderSize));
        Checksum(bytes).CopyTo(bytes.AsSpan(bytes.Length - ChecksumSize));
        return bytes;
    }

    /// <summary>The record; null for bytes that are torn, damaged or not ours.</summary>
    public static SessionRecord? Decode(byte[] bytes)
    {
        if (bytes.Length < HeaderSize + ChecksumSize
            || !bytes.AsSpan().StartsWith(Magic)
            || !Checksum(bytes).SequenceEqual(bytes.AsSpan(bytes.Length - ChecksumSize)))
            return null;
        return new SessionRecord
        {
            Version = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(4)),
            CreatedAt = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(12)), TimeSpan.Zero),
            ExpiresAt = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(20)), TimeSpan.Zero),
            Payload = bytes.AsMemory(HeaderSize, bytes.Length - HeaderSize - ChecksumSize),
        };
    }

    /// <summary>Whether a record whose first bytes are these seems to have expired: only the whole of it can prove it.</summary>
    public static bool MayBeExpired(ReadOnlySpan<byte> header, DateTimeOffset now) =>
        header.Length >= HeaderSize && header.StartsWith(Magic) && BinaryPrimitives.ReadInt64LittleEndian(header[20..]) <= now.UtcTicks;

    private static ReadOnlySpan<byte> Checksum(byte[] bytes) => SHA256.HashData(bytes.AsSpan(0, bytes.Length - ChecksumSize)).AsSpan(0, ChecksumSize);
}
