using System.Net;
using System.Text.RegularExpressions;

namespace Storefront.Tests.Infrastructure;

/// <summary>An answer, after redirects.</summary>
/// <param name="Status">The status of the last answer.</param>
/// <param name="Path">Where the redirects led.</param>
/// <param name="Html">The body as it came.</param>
/// <param name="SessionCookie">What the last answer set the session's cookie to, with its attributes; null: nothing.</param>
public sealed partial record WebPage(HttpStatusCode Status, string Path, string Html, string? SessionCookie)
{
    public string AntiforgeryToken => Token().Match(Html) is { Success: true } match
        ? match.Groups[1].Value
        : throw new InvalidOperationException($"The page has no form with an antiforgery token.\n{Html}");

    /// <summary>The text of the body, decoded, without its tags.</summary>
    public string Text => WebUtility.HtmlDecode(Tag().Replace(Html, " "));

    /// <summary>The text of the element with this id; null: there is none.</summary>
    public string? TextOf(string id) =>
        Regex.Match(Html, $"""<(\w+)[^>]* id="{id}"[^>]*>(.*?)</\1>""", RegexOptions.Singleline) is { Success: true } match
            ? WebUtility.HtmlDecode(Tag().Replace(match.Groups[2].Value, " ")).Trim()
            : null;

    /// <summary>The quantities of the cart's lines by product, in their order.</summary>
    public IReadOnlyList<(string Product, int Quantity)> CartLines() =>
        [.. Line().Matches(Html).Select(line => (line.Groups[1].Value, int.Parse(line.Groups[2].Value)))];

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)" """)]
    private static partial Regex Token();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("""<tr data-product="(\w+)">.*?name="quantity" value="(\d+)" """, RegexOptions.Singleline)]
    private static partial Regex Line();
}
