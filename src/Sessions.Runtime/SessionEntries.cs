using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>The entries of a session: what is stored, overlaid by what this request has touched.</summary>
internal sealed class SessionEntries
{
    private readonly List<SessionEntry> _changed = [];   // those that were set or removed since the last save, in the order of their first change
    private SessionEntryTable _touched;
    private SessionPayload _stored;
    private IReadOnlyCollection<string>? _loadedKeys;   // what is stored has been read for these only; null: all of it
    private Dictionary<string, ReadOnlyMemory<byte>>? _index;   // of what is stored; null until it pays
    private int _walks;

    private const int WalkedKeys = 32;

    public SessionEntries()
    {
    }

    public SessionEntries(SessionRecord record, SessionPayload stored) => Load(record, stored);

    /// <summary>The entries of a record that cannot be read: none, and the next save drops what is stored.</summary>
    public static SessionEntries Unreadable() => new() { IsCleared = true };

    /// <summary>Whether what is stored is dropped by the next save.</summary>
    public bool IsCleared { get; private set; }

    /// <summary>Whether all that is stored has been read.</summary>
    public bool IsWhole => _loadedKeys is null;

    /// <summary>The bytes that all entries take.</summary>
    public int Size { get; private set; }

    /// <summary>The number of entries that there are, the framework's too; of a part that was loaded, those in it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is any entry, one of the framework's too.</summary>
    public bool Any => Count > 0;

    /// <summary>The names that the dictionary shows: the stored ones in their order, then the new ones in the order of their writes.</summary>
    /// <param name="withReserved">Whether the framework's are among them.</param>
    public List<string> Names(bool withReserved = false)
    {
        var names = new List<string>(_stored.Count + _touched.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in _stored.Entries())
        {
            if (seen.Add(name) && IsShown(name) && _touched.Find(name) is null or { IsPresent: true })
                names.Add(name);
        }

        // What was read before another request removed it is there to this one.
        for (var entry = _touched.First; entry is not null; entry = entry.Next)
        {
            if (!entry.IsListed && IsNew(entry))
                names.Add(entry.Key);
        }

        names.AddRange(_changed.Where(IsNew).Select(static entry => entry.Key));
        return names;

        bool IsNew(SessionEntry entry) => entry.IsPresent && !seen.Contains(entry.Key) && IsShown(entry.Key);

        bool IsShown(string name) => withReserved || !SessionKeyName.IsReserved(name);
    }

    /// <summary>Whether what is stored under the key, if anything, has been read.</summary>
    public bool Covers(string key) => _loadedKeys is null || _touched.Find(key) is not null || _loadedKeys.Contains(key);

    /// <summary>The value of a key that this request has set, or has read as this type before. False tells nothing.</summary>
    public bool TryGetDecoded<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        if (_touched.Find(key) is { IsPresent: true } entry)
            return entry.TryGetDecoded(out value);
        value = default;
        return false;
    }

    /// <summary>The entry of a key that is covered; null when the key is missing.</summary>
    public SessionEntry? Find(string key)
    {
        if (_touched.Find(key) is { } entry)
            return entry.IsPresent ? entry : null;
        return TryFindStored(key, out var bytes) ? _touched.Add(new SessionEntry(key, SessionEntryState.Stored, bytes)) : null;
    }

    /// <param name="key">The key.</param>
    /// <param name="present">Its entry, as <see cref="Find"/> gives it.</param>
    /// <param name="bytes">The encoded value.</param>
    /// <param name="value">What reading it gives; null where that is to be decoded.</param>
    public void Set(string key, SessionEntry? present, ReadOnlyMemory<byte> bytes, SessionValue? value)
    {
        Size += Growth(key, present, bytes.Length);
        Count += present is null ? 1 : 0;
        var entry = present ?? Missing(key);
        entry.State = SessionEntryState.Set;
        entry.Bytes = bytes;
        entry.Value = value;
        if (value is not null)
            value.Next = null;   // other views of the key are of an earlier state
        List(entry);
    }

    /// <summary>By how many bytes the session grows when the key gets a value of this length.</summary>
    public static int Growth(string key, SessionEntry? present, int length) => present is null
        ? SessionPayloadWriter.SizeOf(key, length)
        : SessionPayloadWriter.SizeOf(length) - SessionPayloadWriter.SizeOf(present.Bytes.Length);

    public bool Remove(string key)
    {
        if (Find(key) is not { } entry)
        {
            if (FindDefault(key) is { } handedOut)
                handedOut.Value = null;
            return false;
        }

        Size -= SessionPayloadWriter.SizeOf(key, entry.Bytes.Length);
        Count--;
        entry.State = SessionEntryState.Removed;
        entry.Bytes = default;
        entry.Value = null;
        List(entry);
        return true;
    }

    /// <summary>What was handed out for a missing key; null when nothing was.</summary>
    public SessionEntry? FindDefault(string key) => _touched.Find(key) is { IsPresent: false } entry ? entry : null;

    public void AddDefault(string key, ReadOnlyMemory<byte> bytes, SessionValue value)
    {
        var entry = Missing(key);
        entry.Bytes = bytes;
        entry.Value = value;
    }

    public void Clear()
    {
        _touched = default;
        _changed.Clear();
        _stored = default;
        _loadedKeys = null;
        _index = null;
        Size = Count = 0;
        IsCleared = true;
    }

    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> SetEntries()
    {
        var set = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>(_changed.Count);
        foreach (var entry in _changed)
        {
            if (entry.State == SessionEntryState.Set)
                set.Add(new(entry.Key, entry.Bytes));
        }

        return set;
    }

    public IReadOnlyCollection<string> RemovedKeys() => _changed.Exists(static entry => entry.IsRemoved)
        ? [.. _changed.Where(static entry => entry.IsRemoved).Select(static entry => entry.Key)]
        : [];

    /// <summary>The touched keys whose decoded value no longer encodes to its bytes, with what it encodes to now: nothing, where it no
    /// longer encodes and <paramref name="encode"/> forgives it.</summary>
    public List<(string Key, byte[] Bytes, SessionValue Value)> ChangedInPlace(
        Func<string, SessionValue, byte[]?> encode, SessionSerializers serializer)
    {
        var changed = new List<(string, byte[], SessionValue)>();
        for (var entry = _touched.First; entry is not null; entry = entry.Next)
        {
            for (var value = entry.Value; value is not null; value = value.Next)
            {
                if (!value.IsMutable)
                    continue;
                var bytes = encode(entry.Key, value);

                // Bytes that another version of the type wrote encode differently without any change: compare like with like then.
                if (bytes is not null && (bytes.AsSpan().SequenceEqual(entry.Bytes.Span)
                    || value.IsDecoded && bytes.AsSpan().SequenceEqual(value.Reencode(serializer, entry.Bytes.Span))))
                    continue;
                changed.Add((entry.Key, bytes ?? [], value));
                break;
            }
        }

        return changed;
    }

    /// <summary>After a save: what was written is stored now.</summary>
    public void Saved(SessionRecord record, SessionPayload stored)
    {
        foreach (var entry in _changed)
        {
            entry.IsListed = false;
            if (entry.State == SessionEntryState.Set)
                entry.State = SessionEntryState.Stored;
        }

        if (_changed.Exists(static entry => entry.IsRemoved))
            _touched.DropRemoved();
        _changed.Clear();
        Load(record, stored);
        IsCleared = false;
    }

    /// <summary>After a part of the session was loaded, the rest has been too. What this request touched stays as it is.</summary>
    /// <param name="whole">The payload; null when it cannot be read.</param>
    public void Complete(SessionPayload? whole)
    {
        var stored = whole.GetValueOrDefault();
        IsCleared |= whole is null;
        SetStored(stored, loadedKeys: null, stored.Size);
        foreach (var entry in _changed)
        {
            if (stored.TryFind(entry.Key, out var bytes))
                (Size, Count) = (Size - SessionPayloadWriter.SizeOf(entry.Key, bytes.Length), Count - 1);
            if (entry.IsPresent)
                (Size, Count) = (Size + SessionPayloadWriter.SizeOf(entry.Key, entry.Bytes.Length), Count + 1);
        }
    }

    /// <summary>What is stored has been read.</summary>
    public void Load(SessionRecord record, SessionPayload stored) =>
        SetStored(stored, record.LoadedKeys, record.LoadedKeys is null ? stored.Size : record.TotalBytes);

    private void SetStored(SessionPayload stored, IReadOnlyCollection<string>? loadedKeys, int size)
    {
        _stored = stored;
        _loadedKeys = loadedKeys;
        _index = null;
        Size = size;
        Count = stored.Count;
    }

    // A few keys of many are found by a walk over the payload; who asks for more of them pays for an index, once.
    private bool TryFindStored(string key, out ReadOnlyMemory<byte> bytes)
    {
        if (_stored.Count <= WalkedKeys || ++_walks <= WalkedKeys)
            return _stored.TryFind(key, out bytes);
        _index ??= _stored.ToDictionary();
        return _index.TryGetValue(key, out bytes);
    }

    // A missing key's, which may have been removed by this request: then it stays removed.
    private SessionEntry Missing(string key) =>
        _touched.Find(key) ?? _touched.Add(new SessionEntry(key, SessionEntryState.Default, default));

    private void List(SessionEntry entry)
    {
        if (entry.IsListed)
            return;
        entry.IsListed = true;
        _changed.Add(entry);
    }
}
