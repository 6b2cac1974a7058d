using System.Text.RegularExpressions;

namespace Sessions;

/// <summary>The names of records in a store: of sessions, of authentication tickets (t) and of the lists of a user's tickets (u).</summary>
internal static partial class RowId
{
    public static bool IsDigest(string? text) => text is not null && Digest().IsMatch(text);

    /// <summary>The name as it may be shown: a digest as it is, an id at rest (which is the cookie's value) redacted.</summary>
    public static string Shown(string id) => IsDigest(id) ? id : SessionId.TryParse(id, out var secret) ? secret.ToString() : "(of another form)";

    [GeneratedRegex(@"\Av1[tu]?\.[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
