using System.Text;

namespace Sessions;

/// <summary>Writes payloads: what a delta makes of the stored entries.</summary>
internal static class SessionPayloadWriter
{
    /// <summary>The bytes that one entry takes.</summary>
    public static int SizeOf(string key, int valueLength)
    {
        var keyLength = Encoding.UTF8.GetByteCount(key);
        return SizeOf(keyLength) + SizeOf(valueLength);
    }

    /// <summary>The bytes that a key or a value takes, with its length.</summary>
    public static int SizeOf(int length) => Varint.SizeOf((ulong)length) + length;

    /// <summary>Entries keep their place, new ones come last; what the delta does not name is copied byte for byte.</summary>
    public static ReadOnlyMemory<byte> Merge(SessionPayload stored, SessionDelta delta, SessionExpiry expiry, out int size)
    {
        var entries = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>(stored.Count + delta.Set.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var removed = delta.Removed.Count == 0 ? null : delta.Removed.ToHashSet(StringComparer.Ordinal);
        if (!delta.Cleared)
        {
            foreach (var entry in stored.Entries())
            {
                if (removed is not null && removed.Contains(entry.Key))
                    continue;
                if (places.TryAdd(entry.Key, entries.Count))
                    entries.Add(entry);
            }
        }

        foreach (var entry in delta.Set)
        {
            if (places.TryGetValue(entry.Key, out var place))
                entries[place] = entry;
            else
                entries.Add(entry);
        }

        size = entries.Sum(entry => SizeOf(entry.Key, entry.Value.Length));
        return Write(entries, size, expiry);
    }

    private static byte[] Write(List<KeyValuePair<string, ReadOnlyMemory<byte>>> entries, int size, SessionExpiry expiry)
    {
        var bytes = new byte[2 + Varint.SizeOf((ulong)expiry.Ticks) + Varint.SizeOf((ulong)entries.Count) + size];
        bytes[0] = SessionPayload.FormatVersion;
        bytes[1] = (byte)expiry.Kind;
        var rest = bytes.AsSpan(2);
        Varint.Write(ref rest, (ulong)expiry.Ticks);
        Varint.Write(ref rest, (ulong)entries.Count);
        foreach (var (key, value) in entries)
        {
            Varint.Write(ref rest, (ulong)Encoding.UTF8.GetByteCount(key));
            rest = rest[Encoding.UTF8.GetBytes(key, rest)..];
            Varint.Write(ref rest, (ulong)value.Length);
            value.Span.CopyTo(rest);
            rest = rest[value.Length..];
        }

        return bytes;
    }
}
