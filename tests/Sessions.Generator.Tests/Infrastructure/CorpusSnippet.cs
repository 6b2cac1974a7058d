using System.Runtime.CompilerServices;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>A piece of a corpus: statements, members of a class, or a whole program, under a title.</summary>
/// <param name="Title">What it shows; <c>class:</c> and <c>program:</c> in front say what it is.</param>
/// <param name="Lines">Its source.</param>
internal sealed record CorpusSnippet(string Title, IReadOnlyList<string> Lines)
{
    /// <summary>What is compiled together: all but programs, of which a compilation has one.</summary>
    public string Group => IsProgram ? Title : "";

    public bool IsClass => Title.StartsWith("class: ", StringComparison.Ordinal);

    public bool IsProgram => Title.StartsWith("program: ", StringComparison.Ordinal);

    public static IEnumerable<CorpusSnippet> ReadAll(string corpus) =>
        Directory.EnumerateFiles(Folder(corpus), "??-*.txt").Order(StringComparer.Ordinal).SelectMany(Read);

    /// <summary>The types that every snippet may use.</summary>
    public static IReadOnlyList<string> Prelude(string corpus) => File.ReadAllLines(Path.Combine(Folder(corpus), "Prelude.txt"));

    private static IEnumerable<CorpusSnippet> Read(string path) =>
        ("\n" + File.ReadAllText(path)).Split("\n## ", StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => text.TrimEnd().Split('\n'))
            .Select(static lines => new CorpusSnippet(lines[0], lines[1..]));

    private static string Folder(string corpus, [CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "Corpus", corpus);
}
