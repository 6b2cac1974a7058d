using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>A session as a row. Derive from it to keep more columns (see <c>StoreInDatabase&lt;TContext, TSession&gt;</c>).</summary>
public class SessionEntity
{
    private static readonly JsonSessionSerializer DefaultSerializer = new();

    /// <summary>The digest of the session's id; never the id itself, unless <see cref="TypedSessionOptions.HashIdsAtRest"/> is off.</summary>
    public string Id { get; set; } = "";

    /// <summary>The entries, encoded. Read them by <see cref="Decode"/>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "A column of bytes is mapped so.")]
    public byte[] Data { get; set; } = [];

    /// <summary>From when on the row counts as missing, in UTC.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>Counts the saves, from 1; 0 marks the short-lived tombstone of an id that was rotated away.</summary>
    public long Version { get; set; }

    /// <summary>When the session began, in UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>The entries by key, the framework's too, as <c>session[key]</c> gives them.</summary>
    /// <param name="serializer">The application's serializer; null for JSON with its defaults.</param>
    /// <exception cref="InvalidOperationException">The data is damaged or of an unknown version.</exception>
    public IReadOnlyDictionary<string, object?> Decode(ISessionSerializer? serializer = null)
    {
        if (!SessionPayload.TryParse(Data, out var payload) && Version != SessionRecord.RetiredVersion)
            throw new InvalidOperationException("The session's data is damaged or of an unknown version.");
        var serializers = new SessionSerializers(serializer ?? DefaultSerializer, DefaultSerializer);
        return payload.ToDictionary().ToDictionary(entry => entry.Key, entry => serializers.Deserialize<object>(entry.Value.Span), StringComparer.Ordinal);
    }
}
