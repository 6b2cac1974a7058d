namespace Sessions.Tests;

/// <summary>What a client saw.</summary>
internal sealed record TestAnswer(int Status, string Body, IReadOnlyList<string> SetCookies, string? Vary, string? CacheControl, string? RetryAfter)
{
    /// <summary>The header that sets or deletes the session's cookie; null when there is none.</summary>
    public string? SessionCookie => SetCookies.SingleOrDefault(cookie => cookie.StartsWith("sessionid=", StringComparison.Ordinal));

    /// <summary>The id that the answer gives; null when it gives none or deletes the cookie.</summary>
    public string? Id => SessionCookie?.Split(';')[0].Split('=')[1] is { Length: > 0 } id ? id : null;

    public bool DeletesCookie => SessionCookie is { } cookie
        && cookie.StartsWith("sessionid=;", StringComparison.Ordinal)
        && cookie.Contains("expires=Thu, 01 Jan 1970 00:00:00 GMT", StringComparison.Ordinal);
}
