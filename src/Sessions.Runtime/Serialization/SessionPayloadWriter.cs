using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Sessions;

/// <summary>Writes payloads: of entries, and what a delta makes of those that are stored.</summary>
internal static class SessionPayloadWriter
{
    private const int Nothing = -1;
    private const int Placed = -2;   // where the stored entry was, the delta's stands

    /// <summary>The bytes that one entry takes.</summary>
    public static int SizeOf(string key, int valueLength) => SizeOf(Encoding.UTF8.GetByteCount(key)) + SizeOf(valueLength);

    /// <summary>The bytes that a key or a value takes, with its length.</summary>
    public static int SizeOf(int length) => Varint.SizeOf((ulong)length) + length;

    /// <summary>The entries in their order.</summary>
    public static byte[] Write(ReadOnlySpan<KeyValuePair<string, ReadOnlyMemory<byte>>> entries, SessionExpiry expiry)
    {
        var size = 0;
        foreach (var (key, value) in entries)
            size += SizeOf(key, value.Length);
        var bytes = Begin(expiry, entries.Length, size, out var rest);
        foreach (var (key, value) in entries)
            Write(key, value.Span, ref rest);
        return bytes;
    }

    /// <summary>Entries keep their place, new ones come last; what the delta does not name is copied byte for byte.</summary>
    public static ReadOnlyMemory<byte> Merge(SessionPayload stored, SessionDelta delta, SessionExpiry expiry, out int size)
    {
        var kept = delta.Cleared ? default : stored;
        var edits = EditsOf(kept.Bytes.Span, delta);
        size = kept.Size;
        var count = kept.Count;
        foreach (var edit in edits)
        {
            size -= edit.End - edit.Start;
            count -= edit.End > edit.Start ? 1 : 0;
            if (edit.Set == Nothing)
                continue;
            var (key, value) = delta.Set[edit.Set];
            size += SizeOf(key, value.Length);
            count++;
        }

        var bytes = Begin(expiry, count, size, out var rest);
        Write(kept.Bytes.Span, edits, delta.Set, rest);
        return bytes;
    }

    private static byte[] Begin(SessionExpiry expiry, int count, int size, out Span<byte> rest)
    {
        var bytes = new byte[2 + Varint.SizeOf((ulong)expiry.Ticks) + Varint.SizeOf((ulong)count) + size];
        bytes[0] = SessionPayload.FormatVersion;
        bytes[1] = (byte)expiry.Kind;
        rest = bytes.AsSpan(2);
        Varint.Write(ref rest, (ulong)expiry.Ticks);
        Varint.Write(ref rest, (ulong)count);
        return bytes;
    }

    /// <summary>What the delta changes, in the order of the places.</summary>
    private static List<Edit> EditsOf(ReadOnlySpan<byte> entries, SessionDelta delta)
    {
        var edits = new List<Edit>(delta.Set.Count + delta.Removed.Count);
        var named = entries.Length == 0 ? null : Named(delta);
        if (named is { Count: > 0 })
            Find(entries, named, edits);
        for (var i = 0; i < delta.Set.Count; i++)
        {
            if (named is null || named[delta.Set[i].Key] != Placed)
                edits.Add(new Edit(entries.Length, entries.Length, i));
        }

        return edits;
    }

    // No text is made of the stored names: they are as many as the session has keys.
    private static void Find(ReadOnlySpan<byte> entries, Dictionary<string, int> named, List<Edit> edits)
    {
        var names = named.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[SessionPayload.MaxKeyBytes];
        for (var reader = new SessionPayloadReader(entries); reader.Read();)
        {
            var name = reader.Key.Length <= buffer.Length ? buffer : new char[reader.Key.Length];
            name = name[..Encoding.UTF8.GetChars(reader.Key, name)];
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(names, name);
            if (Unsafe.IsNullRef(ref entry))
                continue;
            edits.Add(new Edit(reader.Start, reader.End, entry < 0 ? Nothing : entry));
            entry = entry < 0 ? entry : Placed;
        }
    }

    /// <summary>The keys that the delta names, with the index of what it sets them to.</summary>
    private static Dictionary<string, int> Named(SessionDelta delta)
    {
        var named = new Dictionary<string, int>(delta.Set.Count + delta.Removed.Count, StringComparer.Ordinal);
        for (var i = 0; i < delta.Set.Count; i++)
            named[delta.Set[i].Key] = i;
        foreach (var key in delta.Removed)
            named[key] = Nothing;   // what is set as well comes last
        return named;
    }

    private static void Write(
        ReadOnlySpan<byte> entries, List<Edit> edits, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> set, Span<byte> rest)
    {
        var copied = 0;
        foreach (var edit in edits)
        {
            Copy(entries[copied..edit.Start], ref rest);
            copied = edit.End;
            if (edit.Set == Nothing)
                continue;
            var (key, value) = set[edit.Set];
            Write(key, value.Span, ref rest);
        }

        Copy(entries[copied..], ref rest);
    }

    private static void Write(string key, ReadOnlySpan<byte> value, ref Span<byte> rest)
    {
        Varint.Write(ref rest, (ulong)Encoding.UTF8.GetByteCount(key));
        rest = rest[Encoding.UTF8.GetBytes(key, rest)..];
        Varint.Write(ref rest, (ulong)value.Length);
        Copy(value, ref rest);
    }

    private static void Copy(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    /// <summary>The stored bytes from the start to the end give way to an entry that the delta sets, or to nothing.</summary>
    private readonly record struct Edit(int Start, int End, int Set);
}
