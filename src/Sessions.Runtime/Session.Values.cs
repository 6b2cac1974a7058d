using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <content>How values are found, decoded, encoded and written.</content>
public sealed partial class Session
{
    /// <summary>The entry of a key that is there; null when it is missing. An access.</summary>
    private SessionEntry? Present(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Access(key);
        return SessionKeyName.IsReserved(key) ? null : _entries.Find(key);
    }

    private bool TryRead<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(key);
        value = default;
        return (!SessionKeyName.IsReserved(key) && TryReadAgain(key, out value)) || TryDecode(key, out value);
    }

    // By one lookup: what has been decoded is loaded, covered and there.
    private bool TryReadAgain<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        if (!_entries.TryGetDecoded(key, out value))
            return false;
        Accessed = true;
        return true;
    }

    private bool TryDecode<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        if (Present(key) is not { } entry)
        {
            value = default;
            return false;
        }

        if (!entry.TryGetDecoded(out value))
        {
            value = Decode<T>(key, entry.Bytes.Span);
            entry.AddDecoded(new SessionValue<T>(value) { IsDecoded = true });
        }

        return true;
    }

    private bool TryReadUntyped(string key, out object? value)
    {
        value = null;
        if (Present(key) is not { } entry)
            return false;
        if (entry is { State: SessionEntryState.Set, Value: { IsDecoded: false } set })
            value = set.Boxed;
        else
            TryRead(key, out value);
        return true;
    }

    private bool TryPop<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        if (!TryRead(key, out value))
            return false;
        Remove(key);
        return true;
    }

    private void BeforeWrite(string? key = null)
    {
        AccessToChange(key);
        if (IsSealed && (StoredId is null || _store is CookieSession))
            throw TooLate(StoredId is null ? "A write to a new session" : "A write to a session that is kept in cookies");
    }

    private void Write<T>(string key, T value)
    {
        BeforeWrite(key);
        var (bytes, kept) = Encode(key, value);
        Write(key, bytes, kept);
    }

    // What is read back must be what the next request reads: an object stays itself, a simple value is kept, and anything else,
    // such as a text that UTF-8 cannot hold, is decoded again.
    private (byte[] Bytes, SessionValue? Kept) Encode<T>(string key, T value)
    {
        var encoded = new SessionValue<T>(value);
        var keeps = value is string text ? Utf16.IsWellFormed(text) : !typeof(T).IsValueType || SessionValue<T>.RoundTrips;
        return (EncodeValue(key, encoded), keeps ? encoded : null);
    }

    private byte[] EncodeValue(string key, SessionValue value)
    {
        try
        {
            var bytes = value.Encode(_services.Serializer);
            return bytes.Length <= _services.Options.MaxValueBytes ? bytes : throw ValueTooLarge(key, bytes.Length);
        }
        catch (SessionTooLargeException)
        {
            throw;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The cause may quote the value, so it is named by its type only, unless it speaks of types.
            throw new SessionValueException(
                key,
                $"The session value of key '{key}' cannot be stored: a {value.Boxed?.GetType()} cannot be encoded ({exception.GetType().Name}).",
                exception as NotSupportedException);
        }
    }

    // To warn of a change is no reason to fail a request that does not want to save it.
    private byte[]? TryEncodeValue(string key, SessionValue value)
    {
        try
        {
            return EncodeValue(key, value);
        }
        catch (Exception exception) when (exception is SessionValueException or SessionTooLargeException)
        {
            return null;
        }
    }

    private SessionTooLargeException ValueTooLarge(string key, int size) => new(
        $"The session value of key '{key}' takes {size} bytes; {nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.MaxValueBytes)} allows {_services.Options.MaxValueBytes}.");

    private T Decode<T>(string key, ReadOnlySpan<byte> bytes)
    {
        var serializer = _services.Serializer;
        try
        {
            return serializer.Deserialize<T>(bytes)!;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The cause may quote the value, so it is named by its type only.
            throw new SessionValueException(
                key,
                $"The session value of key '{key}' cannot be read as {typeof(T)}: it is stored as {serializer.Describe(bytes)} ({exception.GetType().Name}).",
                innerException: null);
        }
    }

    /// <summary>Refuses what would make the session too large.</summary>
    /// <param name="growth">The bytes that its entries grow by.</param>
    /// <param name="newKeys">How many keys come in addition.</param>
    private void CheckLimits(int growth, int newKeys)
    {
        var size = _entries.Size + growth;
        if (size > _services.MaxPayloadBytes)
            throw new SessionTooLargeException($"The session would take {size} bytes; {_services.MaxPayloadReason} allows {_services.MaxPayloadBytes}.");
        if (newKeys > 0 && _entries.Count + newKeys > _services.Options.MaxKeys)
            throw new SessionTooLargeException($"The session would have {_entries.Count + newKeys} keys; {nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.MaxKeys)} allows {_services.Options.MaxKeys}.");
    }

    /// <summary>Writes a value that is encoded.</summary>
    private void Write(string key, byte[] bytes, SessionValue? value)
    {
        var present = _entries.Find(key);
        CheckLimits(SessionEntries.Growth(key, present, bytes.Length), present is null ? 1 : 0);
        _entries.Set(key, present, bytes, value);
        _isModified = true;
    }

    private static KeyNotFoundException Missing(string key) => new($"The session has no key '{key}'.");
}
