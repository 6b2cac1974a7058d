using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>Snippets as one source, in which each line knows where it came from.</summary>
internal sealed class CorpusSource
{
    private const string Usings = """
        using System.Collections.Concurrent;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Text;
        using System.Text.Json.Nodes;
        """;

    private const string Parameters =
        "Session session, Session other, CartSession cart, CartSession second, VisitSession visit, SessionManager manager, "
        + "HttpContext context, List<int> given, Line line, bool flag, int n, string key, string otherKey";

    private readonly List<(string Title, string Line)> _lines = [];
    private int _count;

    public CorpusSource(IEnumerable<string> prelude, IEnumerable<CorpusSnippet> snippets)
    {
        Add("", Usings.Split('\n'));
        foreach (var snippet in snippets)
            Add(snippet);
        Add("", prelude);
    }

    public string Text => string.Join("\n", _lines.Select(static line => line.Line));

    /// <summary>The numbers of the lines that lose a change.</summary>
    public IEnumerable<int> Guilty => Enumerable.Range(0, _lines.Count).Where(line => IsGuilty(_lines[line].Line));

    public static bool IsGuilty(string line) => line.EndsWith("// !", StringComparison.Ordinal);

    public static int LineOf(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line;

    public string Describe(Diagnostic diagnostic) => Describe(LineOf(diagnostic));

    public string Describe(int line) => $"{_lines[line].Title}: {_lines[line].Line.Trim()}";

    private void Add(CorpusSnippet snippet)
    {
        var name = "Snippet" + ++_count;
        if (snippet.IsProgram)
        {
            Add(snippet.Title, snippet.Lines);
        }
        else if (snippet.IsClass)
        {
            Add(snippet.Title, [$"public sealed partial class {name} {{"]);
            Add(snippet.Title, snippet.Lines.Select(line => line.Replace("public Snippet(", $"public {name}(", StringComparison.Ordinal)));
            Add(snippet.Title, ["}"]);
        }
        else
        {
            var isAsync = snippet.Lines.Any(static line => line.Contains("await ", StringComparison.Ordinal) && !line.StartsWith(' '));
            Add(snippet.Title, [$"public static class {name} {{ public static {(isAsync ? "async Task" : "void")} Run({Parameters}) {{"]);
            Add(snippet.Title, snippet.Lines);
            Add(snippet.Title, ["} }"]);
        }
    }

    private void Add(string title, IEnumerable<string> lines) => _lines.AddRange(lines.Select(line => (title, line)));
}
