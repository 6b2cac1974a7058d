using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sessions;

/// <content>Bytes beside the typed values, framework keys included: what <c>ISession</c> shows of the session.</content>
public sealed partial class Session
{
    private const string OwnerKey = "_user";

    /// <summary>Names the session without giving its id away; the same for as long as the id is.</summary>
    internal string Handle
    {
        get
        {
            var id = Id ?? (_nextId ??= _services.NewId());
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"handle {id.Secret}")).AsSpan(0, 16));
        }
    }

    /// <summary>The user that the session belongs to; null for an anonymous visitor's. Not among what the dictionary shows.</summary>
    internal string? Owner
    {
        get => TryGetBytes(OwnerKey, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
        set => SetBytes(OwnerKey, Encoding.UTF8.GetBytes(value!));
    }

    // A session that begins after its user has signed in, or was there before, is the user's too. Does not load.
    private void Adopt()
    {
        if (_isModified && !IsSealed && CurrentUser?.Invoke() is { } user
            && _entries.Any && _entries.Covers(OwnerKey) && _entries.Find(OwnerKey) is null)
            Owner = user;
    }

    // A sign-in that did nothing else: what another sign-in has done, it need not do.
    private bool HasOwnerOnly => _isRotated && !_entries.IsCleared && _newExpiry is null
        && _entries.RemovedKeys().Count == 0 && _entries.SetEntries() is [{ Key: OwnerKey }];

    internal List<string> AllKeys
    {
        get
        {
            AccessAll();
            return _entries.Names(withReserved: true);
        }
    }

    /// <summary>The bytes that were set; of a typed value those that <c>ISession</c> would have stored: of anything but a text or a
    /// number its encoded form.</summary>
    internal bool TryGetBytes(string key, [NotNullWhen(true)] out byte[]? bytes)
    {
        ArgumentNullException.ThrowIfNull(key);
        Access(key);
        bytes = _entries.Find(key) is { } entry ? _services.Serializer.ToBytes(entry.Bytes.Span) : null;
        return bytes is not null;
    }

    internal void SetBytes(string key, byte[] bytes)
    {
        if (string.IsNullOrEmpty(key) || key.Length > SessionKeyName.MaxLength || !Utf16.IsWellFormed(key))
            throw new ArgumentException($"A session key must be well-formed text of 1 to {SessionKeyName.MaxLength} characters.", nameof(key));
        ArgumentNullException.ThrowIfNull(bytes);
        BeforeWrite(key);
        if (bytes.Length > _services.Options.MaxValueBytes)
            throw ValueTooLarge(key, bytes.Length);
        Write(key, SessionSerializers.FromBytes(bytes), value: null);
    }

    internal bool RemoveAny(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        AccessToChange(key);
        if (!_entries.Remove(key))
            return false;
        _isModified = true;
        return true;
    }
}
