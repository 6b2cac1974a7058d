using System.Text;

namespace Sessions;

/// <summary>The entries of a stored session, as validated bytes that are looked into and never copied.</summary>
/// <remarks>
/// <code>
/// field         bytes        meaning
/// version       1            1; any other is unknown
/// expiry kind   1            SessionExpiryKind
/// expiry ticks  varint       idle time, or moment in UTC, in 100 ns; 0 for the other kinds
/// count         varint       number of entries
/// entry         count times  key length (varint) · key (UTF-8) · value length (varint) · value (as the serializer left it: JSON in UTF-8)
/// </code>
/// Varints are unsigned LEB128. The last entry ends with the payload. Parsing walks from length to length and reads of a value no more than
/// its first byte.
/// </remarks>
internal readonly struct SessionPayload
{
    public const byte FormatVersion = 1;
    public const int MaxHeaderSize = 32;
    private const int MaxKeyBytes = SessionKeyName.MaxLength * 3;

    private readonly ReadOnlyMemory<byte> _entries;

    private SessionPayload(ReadOnlyMemory<byte> entries, int count, SessionExpiry expiry, bool isTagged) =>
        (_entries, Count, Expiry, IsTagged) = (entries, count, expiry, isTagged);

    public int Count { get; }

    public SessionExpiry Expiry { get; }

    /// <summary>Whether a value is not JSON (see <see cref="SessionSerializers"/>).</summary>
    public bool IsTagged { get; }

    /// <summary>The size of the entries in bytes.</summary>
    public int Size => _entries.Length;

    /// <summary>Checks the structure of a payload. False for one that is damaged or of an unknown version.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out SessionPayload payload)
    {
        payload = default;
        var span = bytes.Span;
        if (span.Length < 2 || span[0] != FormatVersion)
            return false;
        var offset = 2;
        if (!Varint.TryRead(span, ref offset, out var ticks)
            || !SessionExpiry.TryCreate(span[1], (long)ticks, out var expiry)
            || !Varint.TryRead(span, ref offset, out var count)
            || count > (ulong)span.Length)
            return false;

        var entries = bytes[offset..];
        var end = 0;
        var isTagged = false;
        for (var i = 0UL; i < count; i++)
        {
            if (!TryReadEntry(entries.Span, ref end, out _, out var value))
                return false;
            isTagged |= entries.Span[value] is [SessionSerializers.Mark, ..];
        }

        if (end != entries.Length)
            return false;
        payload = new SessionPayload(entries, (int)count, expiry, isTagged);
        return true;
    }

    public static SessionPayload ParseOrEmpty(ReadOnlyMemory<byte> bytes) => TryParse(bytes, out var payload) ? payload : default;

    public bool TryFind(string key, out ReadOnlyMemory<byte> value)
    {
        Span<byte> name = stackalloc byte[MaxKeyBytes];
        var entries = _entries.Span;
        if (entries.Length > 0 && key.Length <= SessionKeyName.MaxLength)
        {
            name = name[..Encoding.UTF8.GetBytes(key, name)];
            for (var offset = 0; TryReadEntry(entries, ref offset, out var keyRange, out var valueRange);)
            {
                if (entries[keyRange].SequenceEqual(name))
                {
                    value = _entries[valueRange];
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether every value is as <paramref name="test"/> asks.</summary>
    public bool All(Func<ReadOnlySpan<byte>, bool> test)
    {
        var entries = _entries.Span;
        for (var offset = 0; TryReadEntry(entries, ref offset, out _, out var value);)
        {
            if (!test(entries[value]))
                return false;
        }

        return true;
    }

    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Entries()
    {
        var offset = 0;
        while (TryReadEntry(_entries.Span, ref offset, out var key, out var value))
            yield return new(Encoding.UTF8.GetString(_entries.Span[key]), _entries[value]);
    }

    /// <summary>The entries by key. Of a key that a damaged payload holds twice the first counts, as in <see cref="TryFind"/>.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> ToDictionary()
    {
        var entries = new Dictionary<string, ReadOnlyMemory<byte>>(Count, StringComparer.Ordinal);
        foreach (var (key, value) in Entries())
            entries.TryAdd(key, value);
        return entries;
    }

    private static bool TryReadEntry(ReadOnlySpan<byte> entries, ref int offset, out Range key, out Range value)
    {
        value = default;
        return TryReadRange(entries, ref offset, out key)
            && key.End.Value > key.Start.Value
            && TryReadRange(entries, ref offset, out value);
    }

    private static bool TryReadRange(ReadOnlySpan<byte> entries, ref int offset, out Range range)
    {
        range = default;
        if (!Varint.TryRead(entries, ref offset, out var length) || length > (ulong)(entries.Length - offset))
            return false;
        range = new Range(offset, offset + (int)length);
        offset += (int)length;
        return true;
    }
}
