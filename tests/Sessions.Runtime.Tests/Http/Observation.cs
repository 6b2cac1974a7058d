namespace Sessions.Tests.Http;

/// <summary>One request in one situation, and what a client and the store see of it.</summary>
internal sealed record Observation(string Sentence, Brings Brings, string Path, Gives Gives)
{
    public int Status { get; init; } = 200;

    public string? Vary { get; init; } = "Cookie";

    /// <summary>What the visitor's next request finds in the session.</summary>
    public string After { get; init; } = "";

    /// <summary>Null: until the browser closes.</summary>
    public long? MaxAge { get; init; } = 14 * 24 * 60 * 60;

    /// <summary>What the cookie says after its time; the same when it is deleted.</summary>
    public string Attributes { get; init; } = "; path=/; samesite=lax; httponly";

    /// <summary>By how much the number of records changes beyond what the cookie tells; null: not the point.</summary>
    public int? Records { get; init; } = 0;

    /// <summary>The record is ended behind the request's back, which only a store on the server can do.</summary>
    public bool IsForServers { get; init; }

    public string CookieName { get; init; } = "sessionid";

    public Action<TypedSessionOptions>? Options { get; init; }
}
