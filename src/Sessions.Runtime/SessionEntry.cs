using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>One key that this request has touched.</summary>
internal sealed class SessionEntry(string key, SessionEntryState state, ReadOnlyMemory<byte> bytes)
{
    public string Key { get; } = key;

    public SessionEntryState State { get; set; } = state;

    /// <summary>The encoded value: as stored, as set, or, of a default, as it was handed out. Empty when removed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; } = bytes;

    /// <summary>What has been decoded of it, by type; null when nothing has.</summary>
    public SessionValue? Value { get; set; }

    /// <summary>The one that was touched after it; null for the last.</summary>
    public SessionEntry? Next { get; set; }

    /// <summary>It stands in the order of this request's changes.</summary>
    public bool IsListed { get; set; }

    public bool IsPresent => State is SessionEntryState.Stored or SessionEntryState.Set;

    public bool IsRemoved => State == SessionEntryState.Removed;

    public bool TryGetDecoded<T>([MaybeNullWhen(false)] out T value)
    {
        for (var decoded = Value; decoded is not null; decoded = decoded.Next)
        {
            // A boxed number that was set without a type is read by type as the next request reads it.
            if (SessionValue<T>.Of(decoded) is { } match && (typeof(T) != typeof(object) || decoded.IsDecoded || match.Value is not ValueType))
            {
                value = match.Value;
                return true;
            }
        }

        return TryGetInstance(out value);
    }

    /// <summary>Adds what the bytes decode to as one more type. The first, which a write set, stays the first.</summary>
    public void AddDecoded(SessionValue value)
    {
        if (Value is null)
        {
            Value = value;
            return;
        }

        var last = Value;
        while (last.Next is not null)
            last = last.Next;
        last.Next = value;
    }

    // An object that was set or read as another type stays the same object: session["xs"] = list, then Get<List<int>>("xs").
    private bool TryGetInstance<T>([MaybeNullWhen(false)] out T value)
    {
        for (var decoded = typeof(T).IsValueType ? null : Value; decoded is not null; decoded = decoded.Next)
        {
            if (decoded.IsMutable && decoded.Boxed is T match && match.GetType() == typeof(T))
            {
                value = match;
                return true;
            }
        }

        value = default;
        return false;
    }
}
