using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>A source with <c>[|</c> and <c>|]</c> around the places that a test means.</summary>
internal static class Markup
{
    public static (string Source, IReadOnlyList<TextSpan> Spans) Parse(string markup)
    {
        var source = new StringBuilder();
        var spans = new List<TextSpan>();
        var rest = markup.AsSpan();
        var start = -1;
        while (!rest.IsEmpty)
        {
            if (rest.StartsWith("[|"))
            {
                start = source.Length;
                rest = rest[2..];
            }
            else if (start >= 0 && rest.StartsWith("|]"))
            {
                spans.Add(TextSpan.FromBounds(start, source.Length));
                start = -1;
                rest = rest[2..];
            }
            else
            {
                source.Append(rest[0]);
                rest = rest[1..];
            }
        }

        return (source.ToString(), spans);
    }
}
