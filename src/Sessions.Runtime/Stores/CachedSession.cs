using System.Buffers.Binary;

namespace Sessions;

/// <summary>A live record in a cache.</summary>
/// <param name="Record">The record.</param>
/// <param name="AsOf">A moment just before the store was asked for it: whatever is changed later, the record does not show.</param>
internal sealed record CachedSession(SessionRecord Record, DateTimeOffset AsOf)
{
    /// <summary>The bytes of a record whose payload begins with the moment, so that the checksum covers that too.</summary>
    public byte[] Encode()
    {
        var payload = new byte[sizeof(long) + Record.Payload.Length];
        BinaryPrimitives.WriteInt64LittleEndian(payload, AsOf.UtcTicks);
        Record.Payload.CopyTo(payload.AsMemory(sizeof(long)));
        return SessionRecordFormat.Encode(Record.WithPayload(payload));
    }

    /// <summary>The record; null for bytes that are missing, damaged or not ours.</summary>
    public static CachedSession? Decode(byte[]? bytes) =>
        bytes is not null && SessionRecordFormat.Decode(bytes) is { Payload.Length: >= sizeof(long) } record
            ? new CachedSession(
                record.WithPayload(record.Payload[sizeof(long)..]),
                new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(record.Payload.Span), TimeSpan.Zero))
            : null;
}
