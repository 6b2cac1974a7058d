namespace Sessions;

/// <summary>What has become of a session, as it is written and asked for.</summary>
internal static class SessionState
{
    public const string Live = "live";
    public const string Expired = "expired";
    public const string Retired = "retired";

    public static string Of(SessionRecord record, DateTimeOffset now) =>
        record.ExpiresAt <= now ? Expired : record.IsRetired ? Retired : Live;
}
