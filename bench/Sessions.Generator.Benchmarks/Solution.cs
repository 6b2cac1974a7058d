using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sessions.Generator.Benchmarks;

/// <summary>A synthetic project: files of shapes with ten keys each, and files of handlers.</summary>
internal sealed class Solution(int shapes, int handlers)
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Http;
        global using Sessions;
        """;

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).Contains("CodeAnalysis", StringComparison.Ordinal) && !path.EndsWith("Sessions.Generator.dll", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly string[] _sources =
    [
        Usings,
        "internal static class Unrelated;",
        .. Enumerable.Range(0, shapes).Select(SyntheticSources.Shape),
        .. Enumerable.Range(0, handlers).Select(i => SyntheticSources.Handlers(i, shapes)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14);

    /// <summary>Parsed anew: nothing of it has been bound yet.</summary>
    public CSharpCompilation Open() => CSharpCompilation.Create(
        "Synthetic",
        _sources.Select((source, i) => Parse(source, $"File{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation EditUnrelated(CSharpCompilation compilation) => Replace(compilation, 1, "internal static class Unrelated { public const int Edited = 1; }");

    public static CSharpCompilation EditKey(CSharpCompilation compilation) =>
        Replace(compilation, 2, SyntheticSources.Shape(0).Replace("partial int Key0", "partial long Key0", StringComparison.Ordinal));

    /// <summary>The same sources, with nothing bound and no node made: whoever comes second finds nothing done.</summary>
    public static CSharpCompilation Unbound(Compilation compilation) => CSharpCompilation.Create(
        compilation.AssemblyName,
        compilation.SyntaxTrees.Select(static tree => tree.WithRootAndOptions(tree.GetRoot(), tree.Options)),
        compilation.References,
        ((CSharpCompilation)compilation).Options);

    /// <summary>Compiles all of it; throws where it has an error.</summary>
    public static bool Emit(CSharpCompilation compilation)
    {
        var result = compilation.Emit(Stream.Null);
        return result.Success ? true : throw new InvalidOperationException(
            string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string source) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], Parse(source, $"File{file}.cs"));

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path, System.Text.Encoding.UTF8);
}
