using System.Text.Json;

namespace Sessions;

/// <summary>What is shown of a session.</summary>
/// <param name="Id">Its row id.</param>
/// <param name="State">One of <see cref="SessionState"/>.</param>
/// <param name="Created">When it began.</param>
/// <param name="Expires">When it expires.</param>
/// <param name="Version">Counts its saves.</param>
/// <param name="Size">Of its payload, in bytes.</param>
internal sealed record SessionSummary(string Id, string State, DateTimeOffset Created, DateTimeOffset Expires, long Version, int Size)
{
    /// <summary>Its entries; null where only the session itself is shown.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Entries { get; init; }

    /// <summary>The entries that are not JSON, because another serializer wrote them; null when there are none.</summary>
    public IReadOnlyDictionary<string, byte[]>? Base64 { get; init; }

    public static SessionSummary Of(string id, SessionRecord record, DateTimeOffset now) =>
        new(RowId.Shown(id), SessionState.Of(record, now), record.CreatedAt, record.ExpiresAt, record.Version, record.Payload.Length);
}
