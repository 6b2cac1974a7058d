using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Sessions;

/// <summary>A long text over several cookies: <c>name=id-count-…</c>, <c>name.1=…</c>, <c>name.2=…</c></summary>
internal static class CookieChunks
{
    private const char Separator = '-';

    // The id, the number of cookies, and what separates them.
    private const int HeadSize = SessionId.Length + 5;

    public static int CountOf(CookieSessionStore store, string text) => Math.Max(1, (text.Length + HeadSize + store.CookieBytes - 1) / store.CookieBytes);

    /// <summary>The values of the cookies, that of <c>name</c> first.</summary>
    public static IEnumerable<string> Split(CookieSessionStore store, SessionId id, string text)
    {
        var count = CountOf(store, text);
        var first = Math.Min(text.Length, store.CookieBytes - HeadSize);
        yield return string.Create(CultureInfo.InvariantCulture, $"{id.Secret}{Separator}{count}{Separator}{text.AsSpan(0, first)}");
        for (var start = first; start < text.Length; start += store.CookieBytes)
            yield return text.Substring(start, Math.Min(store.CookieBytes, text.Length - start));
    }

    /// <summary>The text again; null when a part of it is missing or its head makes no sense.</summary>
    /// <param name="store">Names the cookies.</param>
    /// <param name="headers">The request's cookies.</param>
    /// <param name="data">What follows the id in the first one.</param>
    public static string? Join(CookieSessionStore store, StringValues headers, StringSegment data)
    {
        var end = data.HasValue ? data.IndexOf(Separator, 1) : -1;
        if (end < 0 || data[0] != Separator
            || !int.TryParse(data.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count < 1 || count > store.MaxCookies)
            return null;
        var text = new StringBuilder().Append(data.AsSpan(end + 1));
        for (var number = 1; number < count; number++)
        {
            if (!TryFind(headers, NameOf(store.Name, number), out var part))
                return null;
            text.Append(part.AsSpan());
        }

        return text.ToString();
    }

    public static string NameOf(string name, int number) => number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");

    /// <summary>The names of the request's cookies that hold, or once held, a part of a session beyond the first <paramref name="count"/>.</summary>
    public static List<string> NamesBeyond(CookieSessionStore store, StringValues headers, int count)
    {
        var names = new List<string>();
        foreach (var pair in new RequestCookies(headers))
        {
            if (pair.Name.Length > store.Name.Length + 1
                && pair.Name.StartsWith(store.Name, StringComparison.Ordinal)
                && pair.Name[store.Name.Length] == '.'
                && int.TryParse(pair.Name.AsSpan(store.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= count && number < CookieSessionStore.MostCookies   // a client may send any number of names
                && pair.Name.Equals(NameOf(store.Name, number), StringComparison.Ordinal)
                && !names.Contains(pair.Name.Value!))
                names.Add(pair.Name.Value!);
        }

        return names;
    }

    private static bool TryFind(StringValues headers, string name, out StringSegment value)
    {
        foreach (var pair in new RequestCookies(headers))
        {
            if (pair.Name.Equals(name, StringComparison.Ordinal))
            {
                value = pair.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
