using System.Diagnostics;

namespace Sessions;

/// <summary>What one request changed in a session: the keys it set and removed, not the session.</summary>
public sealed class SessionDelta
{
    /// <summary>
    /// The record that the request read, so that a store that compares and swaps can try its version first; null when the request
    /// never read one (it only cleared the session or marked it modified).
    /// </summary>
    public SessionRecord? Base { get; init; }

    /// <summary>Whether everything that is stored is dropped before <see cref="Set"/> applies.</summary>
    public bool Cleared { get; init; }

    /// <summary>The keys that were set, with their encoded values, in the order of their first write.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Set { get; init; } = [];

    /// <summary>The keys that were removed.</summary>
    public IReadOnlyCollection<string> Removed { get; init; } = [];

    /// <summary>The expiry policy, if the request changed it; null keeps the one that is stored.</summary>
    public SessionExpiry? Expiry { get; init; }

    /// <summary>The time of the save.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The application's limits, from which the new expiry follows.</summary>
    public required SessionLifetime Lifetime { get; init; }

    /// <summary>Whether a record that there is keeps the moment of its expiry, unless <see cref="Expiry"/> is set.</summary>
    /// <value><see langword="false"/>: a save prolongs the session.</value>
    public bool KeepsExpiry { get; init; }

    /// <summary>The largest size of the merged payload, in bytes.</summary>
    /// <value>No limit.</value>
    public int MaxPayloadBytes { get; init; } = int.MaxValue;

    internal bool IsExpiryKept => KeepsExpiry && Expiry is null;

    /// <summary>
    /// The record that this delta makes of <paramref name="current"/>: the one function by which every store merges. Its version is
    /// the next one. What a part of a record becomes is the same part. Entries that the delta does not name are copied byte for byte; a payload that cannot be read counts as empty.
    /// </summary>
    /// <exception cref="SessionTooLargeException">The merged payload would be too large.</exception>
    /// <param name="current">The live record; null makes the first version of a new one.</param>
    public SessionRecord Apply(SessionRecord? current)
    {
        SessionPayload stored = default;
        current?.TryRead(out stored);
        var expiry = Expiry ?? stored.Expiry;
        var createdAt = current?.CreatedAt ?? Now;
        var payload = SessionPayloadWriter.Merge(stored, this, expiry, out var size);
        var loadedKeys = Cleared ? null : current?.LoadedKeys;
        if (loadedKeys is not null)
            size += current!.TotalBytes - stored.Size;
        if (size > MaxPayloadBytes)
            throw new SessionTooLargeException($"Together with what other requests stored meanwhile, the session would take {size} bytes; {MaxPayloadBytes} are allowed.");
        return new SessionRecord
        {
            Payload = payload,
            Version = (current?.Version ?? SessionRecord.RetiredVersion) + 1,
            CreatedAt = createdAt,
            ExpiresAt = current is not null && IsExpiryKept ? current.ExpiresAt : Lifetime.ExpiresAt(expiry, createdAt, Now),
            LoadedKeys = loadedKeys,
            TotalBytes = loadedKeys is null ? 0 : size,
        };
    }
}
