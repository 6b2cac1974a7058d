using Microsoft.Extensions.Primitives;

namespace Sessions;

/// <summary>What the request's <c>Cookie</c> header says of the session, read byte for byte and without copying.</summary>
internal readonly struct SessionCookieHeader
{
    private readonly StringSegment _id;

    private SessionCookieHeader(bool isPresent, StringSegment id) => (IsPresent, _id) = (isPresent, id);

    /// <summary>The request brought a cookie of the session's name, well-formed or not.</summary>
    public bool IsPresent { get; }

    /// <summary>One of the cookies of the name is a well-formed id.</summary>
    public bool IsWellFormed => _id.HasValue;

    public bool IsMalformed => IsPresent && !IsWellFormed;

    public SessionId? Id => SessionId.TryParse(_id.Value, out var id) ? id : null;

    /// <summary>Names compare ordinally; of several cookies of the name the first well-formed one counts.</summary>
    public static SessionCookieHeader Read(StringValues headers, string name)
    {
        var isPresent = false;
        foreach (var header in headers)
        {
            var rest = new StringSegment(header ?? "");
            while (rest.Length > 0)
            {
                var end = rest.IndexOf(';');
                var pair = Trim(end < 0 ? rest : rest.Subsegment(0, end));
                rest = end < 0 ? StringSegment.Empty : rest.Subsegment(end + 1);
                if (pair.Length <= name.Length || pair[name.Length] != '=' || !pair.StartsWith(name, StringComparison.Ordinal))
                    continue;
                isPresent = true;
                var value = pair.Subsegment(name.Length + 1);
                if (SessionId.IsWellFormed(value))
                    return new SessionCookieHeader(isPresent, value);
            }
        }

        return new SessionCookieHeader(isPresent, default);
    }

    // Of spaces and tabs alone: to trim what Unicode calls white space would make another cookie's name ours.
    private static StringSegment Trim(StringSegment pair)
    {
        var start = pair.Length - pair.AsSpan().TrimStart(" \t").Length;
        return pair.Subsegment(start, pair.AsSpan(start, pair.Length - start).TrimEnd(" \t").Length);
    }
}
