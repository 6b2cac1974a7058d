using System.Text.RegularExpressions;

namespace Sessions.Generator.Tests.Corpus;

/// <summary>A source whose lines say in a comment which rules must report there.</summary>
internal sealed partial record LabelledSnippet(string Name, string Source)
{
    public IReadOnlyList<(int Line, string Id)> Expected =>
        [.. Source.Split('\n').SelectMany(static (line, i) => Label().Matches(line).Select(match => (i, match.Value)))];

    /// <summary>The snippets of a file: each begins with a line <c>### name</c>.</summary>
    public static IReadOnlyList<LabelledSnippet> Read(string path) =>
        [.. File.ReadAllText(path).Split("### ", StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => text.Split('\n', 2))
            .Select(static parts => new LabelledSnippet(parts[0], parts[1]))];

    [GeneratedRegex(@"(?<=//.*)SES\d{4}")]
    private static partial Regex Label();
}
