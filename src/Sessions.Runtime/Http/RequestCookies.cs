using Microsoft.Extensions.Primitives;

namespace Sessions;

/// <summary>The cookies of a request as they stand in its headers, byte for byte, in their order, without copying.</summary>
internal struct RequestCookies(StringValues headers)
{
    private int _header;
    private StringSegment _rest = StringSegment.Empty;

    public (StringSegment Name, StringSegment Value) Current { get; private set; }

    public readonly RequestCookies GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (_rest.Length == 0)
            {
                if (_header == headers.Count)
                    return false;
                _rest = headers[_header++] ?? "";
            }

            var end = _rest.IndexOf(';');
            var pair = Trim(end < 0 ? _rest : _rest.Subsegment(0, end));
            _rest = end < 0 ? StringSegment.Empty : _rest.Subsegment(end + 1);
            if (pair.IndexOf('=') is var equals and > 0)
            {
                Current = (pair.Subsegment(0, equals), pair.Subsegment(equals + 1));
                return true;
            }
        }
    }

    // Of spaces and tabs alone: to trim what Unicode calls white space would make another cookie's name ours.
    private static StringSegment Trim(StringSegment pair)
    {
        var start = pair.Length - pair.AsSpan().TrimStart(" \t").Length;
        return pair.Subsegment(start, pair.AsSpan(start, pair.Length - start).TrimEnd(" \t").Length);
    }
}
