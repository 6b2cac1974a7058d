using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.CodeFixes;
using Sessions.Generator.Analyzers;

namespace Sessions.Generator.Tests;

/// <summary>Every rule is complete: a sentence for a name, a page, tests, a release row.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> Analyzers => [.. Types<SessionAnalyzer>(typeof(SessionAnalyzer)).Select(static type => type.Name)];

    public static TheoryData<string> Fixers => [.. Types<CodeFixProvider>(typeof(SessionFixer)).Select(static type => type.Name)];

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void A_rule_has_a_help_link_a_page_tests_and_a_release_row(string name)
    {
        var type = Types<SessionAnalyzer>(typeof(SessionAnalyzer)).Single(type => type.Name == name);
        var rule = ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics.Single();
        var root = RepositoryRoot();

        Assert.Matches("(Must|Should).*Analyzer$", name);
        Assert.Equal($"https://github.com/sessions-dotnet/sessions/blob/main/docs/diagnostics/{rule.Id}.md", rule.HelpLinkUri);
        Assert.NotNull(typeof(RuleTests).Assembly.GetType($"Sessions.Generator.Tests.Analyzers.{name}Tests"));

        var page = File.ReadAllLines(Path.Combine(root, "docs", "diagnostics", rule.Id + ".md"));
        Assert.StartsWith($"# {rule.Id} — ", page[0], StringComparison.Ordinal);
        Assert.True(page.Length <= 40, $"{rule.Id}.md has {page.Length} lines");
        foreach (var heading in (string[])["## Cause", "## Why it matters", "## How to fix", "## When to suppress"])
            Assert.Contains(heading, page);

        var releases = File.ReadAllText(Path.Combine(root, "src", "Sessions.Generator", "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(root, "src", "Sessions.Generator", "AnalyzerReleases.Unshipped.md"));
        Assert.Contains($"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | ", releases, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_id_has_one_rule()
    {
        var ids = typeof(DiagnosticIds).GetFields().Select(static field => (string)field.GetValue(null)!).Order(StringComparer.Ordinal);
        var rules = Types<SessionAnalyzer>(typeof(SessionAnalyzer))
            .SelectMany(static type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .Select(static rule => rule.Id)
            .Order(StringComparer.Ordinal);
        Assert.Equal(ids, rules);
    }

    [Theory]
    [MemberData(nameof(Fixers))]
    public void A_fixer_is_named_after_its_rule_and_fixes_all(string name)
    {
        var fixer = (CodeFixProvider)Activator.CreateInstance(Types<CodeFixProvider>(typeof(SessionFixer)).Single(type => type.Name == name))!;
        var analyzer = (DiagnosticAnalyzer)Activator.CreateInstance(
            Types<SessionAnalyzer>(typeof(SessionAnalyzer)).Single(type => type.Name == name.Replace("Fixer", "Analyzer", StringComparison.Ordinal)))!;
        Assert.Equal(analyzer.SupportedDiagnostics.Single().Id, fixer.FixableDiagnosticIds.Single());
        Assert.NotNull(fixer.GetFixAllProvider());
    }

    private static IEnumerable<Type> Types<T>(Type inAssemblyOf) =>
        inAssemblyOf.Assembly.GetTypes().Where(static type => !type.IsAbstract && typeof(T).IsAssignableFrom(type));

    private static string RepositoryRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
