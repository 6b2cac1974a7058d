namespace Sessions;

/// <summary>The entries that a request has touched, by key, in the order in which it touched them. Most touch a few: those are walked over.</summary>
internal struct SessionEntryTable
{
    private const int WalkedEntries = 8;

    private SessionEntry? _last;
    private Dictionary<string, SessionEntry>? _index;   // null while they are few

    /// <summary>The first; the others follow by <see cref="SessionEntry.Next"/>. Null when there is none.</summary>
    public SessionEntry? First { get; private set; }

    public int Count { get; private set; }

    public readonly SessionEntry? Find(string key)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out var indexed) ? indexed : null;

        // A key of a shape is the same text each time.
        for (var entry = First; entry is not null; entry = entry.Next)
        {
            if (ReferenceEquals(entry.Key, key))
                return entry;
        }

        for (var entry = First; entry is not null; entry = entry.Next)
        {
            if (entry.Key == key)
                return entry;
        }

        return null;
    }

    /// <summary>Adds the entry of a key that has none.</summary>
    public SessionEntry Add(SessionEntry entry)
    {
        if (_last is null)
            First = entry;
        else
            _last.Next = entry;
        _last = entry;
        Count++;
        if (_index is not null)
            _index.Add(entry.Key, entry);
        else if (Count > WalkedEntries)
            Index();
        return entry;
    }

    public void DropRemoved()
    {
        var entry = First;
        this = default;
        while (entry is not null)
        {
            var next = entry.Next;
            entry.Next = null;
            if (!entry.IsRemoved)
                Add(entry);
            entry = next;
        }
    }

    private void Index()
    {
        _index = new Dictionary<string, SessionEntry>(2 * WalkedEntries, StringComparer.Ordinal);
        for (var entry = First; entry is not null; entry = entry.Next)
            _index.Add(entry.Key, entry);
    }
}
