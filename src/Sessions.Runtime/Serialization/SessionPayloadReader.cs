namespace Sessions;

/// <summary>Steps from entry to entry of a payload, over their lengths.</summary>
/// <param name="entries">The entries.</param>
/// <param name="offset">Where one of them begins.</param>
internal ref struct SessionPayloadReader(ReadOnlySpan<byte> entries, int offset = 0)
{
    private readonly ReadOnlySpan<byte> _entries = entries;

    /// <summary>Where the entry begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the entry ends, and its value.</summary>
    public int End { get; private set; } = offset;

    public ReadOnlySpan<byte> Key { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>False at the end of the entries, and where they are damaged.</summary>
    public bool Read()
    {
        Start = End;
        if (!TryReadPart(out var key) || key.Length == 0 || !TryReadPart(out var value))
            return false;
        Key = key;
        Value = value;
        return true;
    }

    private bool TryReadPart(out ReadOnlySpan<byte> part)
    {
        var offset = End;
        part = default;
        if (!Varint.TryRead(_entries, ref offset, out var length) || length > (ulong)(_entries.Length - offset))
            return false;
        part = _entries.Slice(offset, (int)length);
        End = offset + (int)length;
        return true;
    }
}
