using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>Compilations like those of a web project: ASP.NET Core, the runtime, and the usual implicit usings.</summary>
internal static class TestCompilation
{
    public const string FileName = "Test.cs";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.DependencyInjection;
        global using Sessions;
        """;

    public static IReadOnlyList<MetadataReference> References { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is "Sessions.Runtime.dll"
                || path.Contains("Microsoft.NETCore.App", StringComparison.Ordinal)
                || path.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path))];

    // What is made from it shares the symbols of the references, which are most of the work
    private static readonly Lazy<CSharpCompilation> Empty = new(static () =>
    {
        var empty = CSharpCompilation.Create("Test", references: References, options: Options());
        _ = empty.GlobalNamespace;
        return empty;
    });

    public static CSharpParseOptions ParseOptions(LanguageVersion version = LanguageVersion.CSharp14) =>
        new(version, DocumentationMode.Diagnose);

    public static CSharpCompilationOptions Options(OutputKind kind = OutputKind.DynamicallyLinkedLibrary) => new(
        kind,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error,
        specificDiagnosticOptions:
        [
            new("CS1591", ReportDiagnostic.Suppress), // the sources of the tests are not documented
            new("CS8019", ReportDiagnostic.Suppress), // nor do they need every using
        ]);

    public static CSharpCompilation Create(string source, LanguageVersion version = LanguageVersion.CSharp14, string assemblyName = "Test")
    {
        var options = ParseOptions(version);
        var test = Parse(source, options);
        var kind = test.GetRoot(TestContext.Current.CancellationToken).ChildNodes().OfType<GlobalStatementSyntax>().Any()
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;
        return Empty.Value
            .WithAssemblyName(assemblyName)
            .WithOptions(Options(kind))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(Usings), options, "Usings.cs"), test);
    }

    public static CSharpCompilation CreateUnsafe(string source) => Create(source) is var safe ? safe.WithOptions(safe.Options.WithAllowUnsafe(true)) : safe;

    public static SyntaxTree Parse(string source, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), options, FileName);

    public static SyntaxTree TestTree(this Compilation compilation) => compilation.SyntaxTrees.Single(static tree => tree.FilePath == FileName);
}
