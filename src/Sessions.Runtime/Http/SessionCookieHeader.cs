using Microsoft.Extensions.Primitives;

namespace Sessions;

/// <summary>What the request's <c>Cookie</c> header says of the session, read byte for byte and without copying.</summary>
internal readonly struct SessionCookieHeader
{
    private readonly StringSegment _value;

    private SessionCookieHeader(bool isPresent, StringSegment value) => (IsPresent, _value) = (isPresent, value);

    /// <summary>The request brought a cookie of the session's name, well-formed or not.</summary>
    public bool IsPresent { get; }

    /// <summary>One of the cookies of the name is well-formed.</summary>
    public bool IsWellFormed => _value.HasValue;

    public bool IsMalformed => IsPresent && !IsWellFormed;

    public SessionId? Id => IsWellFormed && SessionId.TryParse(_value.Substring(0, SessionId.Length), out var id) ? id : null;

    /// <summary>What follows the id, where the client keeps the session itself; otherwise empty.</summary>
    public StringSegment Data => IsWellFormed ? _value.Subsegment(SessionId.Length) : default;

    /// <summary>Names compare ordinally; of several cookies of the name the first well-formed one counts.</summary>
    /// <param name="headers">The request's cookies.</param>
    /// <param name="name">The name of the session's.</param>
    /// <param name="hasData">Whether the session itself follows the id.</param>
    public static SessionCookieHeader Read(StringValues headers, string name, bool hasData)
    {
        var isPresent = false;
        foreach (var pair in new RequestCookies(headers))
        {
            if (!pair.Name.Equals(name, StringComparison.Ordinal))
                continue;
            isPresent = true;
            if (hasData == pair.Value.Length > SessionId.Length
                && SessionId.IsWellFormed(pair.Value.AsSpan(0, Math.Min(pair.Value.Length, SessionId.Length))))
                return new SessionCookieHeader(isPresent, pair.Value);
        }

        return new SessionCookieHeader(isPresent, default);
    }
}
