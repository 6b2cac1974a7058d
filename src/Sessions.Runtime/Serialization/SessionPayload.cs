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
    public const int MaxKeyBytes = SessionKeyName.MaxLength * 3;

    private readonly ReadOnlyMemory<byte> _entries;

    private SessionPayload(ReadOnlyMemory<byte> entries, int count, SessionExpiry expiry, bool isTagged) =>
        (_entries, Count, Expiry, IsTagged) = (entries, count, expiry, isTagged);

    public int Count { get; }

    public SessionExpiry Expiry { get; }

    /// <summary>Whether a value is not JSON (see <see cref="SessionSerializers"/>).</summary>
    public bool IsTagged { get; }

    /// <summary>The entries as they are stored.</summary>
    public ReadOnlyMemory<byte> Bytes => _entries;

    /// <summary>The size of the entries in bytes.</summary>
    public int Size => _entries.Length;

    /// <summary>Checks the structure of a payload. False for one that is damaged or of an unknown version.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out SessionPayload payload)
    {
        var isTagged = false;
        if (!TryReadHeader(bytes, out payload))
            return false;
        var reader = new SessionPayloadReader(payload._entries.Span);
        var read = 0;
        for (; read < payload.Count && reader.Read(); read++)
            isTagged |= reader.Value is [SessionSerializers.Mark, ..];
        var isSound = read == payload.Count && reader.End == payload.Size;
        payload = isSound ? new SessionPayload(payload._entries, payload.Count, payload.Expiry, isTagged) : default;
        return isSound;
    }

    /// <summary>A payload whose structure has been checked.</summary>
    public static SessionPayload OfChecked(ReadOnlyMemory<byte> bytes, bool isTagged) => TryReadHeader(bytes, out var payload)
        ? new SessionPayload(payload._entries, payload.Count, payload.Expiry, isTagged)
        : default;

    public static SessionPayload ParseOrEmpty(ReadOnlyMemory<byte> bytes) => TryParse(bytes, out var payload) ? payload : default;

    public bool TryFind(string key, out ReadOnlyMemory<byte> value)
    {
        Span<byte> name = stackalloc byte[MaxKeyBytes];
        var entries = _entries.Span;
        if (entries.Length > 0 && key.Length <= SessionKeyName.MaxLength)
        {
            name = name[..Encoding.UTF8.GetBytes(key, name)];
            for (var reader = new SessionPayloadReader(entries); reader.Read();)
            {
                if (reader.Key.SequenceEqual(name))
                {
                    value = _entries[(reader.End - reader.Value.Length)..reader.End];
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
        for (var reader = new SessionPayloadReader(_entries.Span); reader.Read();)
        {
            if (!test(reader.Value))
                return false;
        }

        return true;
    }

    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Entries()
    {
        for (var offset = 0; TryReadEntry(ref offset, out var entry);)
            yield return entry;
    }

    /// <summary>The entries by key. Of a key that a damaged payload holds twice the first counts, as in <see cref="TryFind"/>.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> ToDictionary()
    {
        var entries = new Dictionary<string, ReadOnlyMemory<byte>>(Count, StringComparer.Ordinal);
        foreach (var (key, value) in Entries())
            entries.TryAdd(key, value);
        return entries;
    }

    private static bool TryReadHeader(ReadOnlyMemory<byte> bytes, out SessionPayload payload)
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
        payload = new SessionPayload(bytes[offset..], (int)count, expiry, isTagged: false);
        return true;
    }

    private bool TryReadEntry(ref int offset, out KeyValuePair<string, ReadOnlyMemory<byte>> entry)
    {
        entry = default;
        var reader = new SessionPayloadReader(_entries.Span, offset);
        if (!reader.Read())
            return false;
        entry = new(Encoding.UTF8.GetString(reader.Key), _entries[(reader.End - reader.Value.Length)..reader.End]);
        offset = reader.End;
        return true;
    }
}
