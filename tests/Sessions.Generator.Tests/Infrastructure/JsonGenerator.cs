using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>The generator of System.Text.Json, from the SDK's targeting pack: it completes the contexts that a source declares.</summary>
internal static class JsonGenerator
{
    private static readonly Lazy<ISourceGenerator> Generator = new(static () =>
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var path = Directory.GetFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories)[0];
        var type = Assembly.LoadFrom(path).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    });

    public static Compilation Run(Compilation compilation)
    {
        if (!compilation.TestTree().ToString().Contains("JsonSerializerContext", StringComparison.Ordinal))
            return compilation;
        CSharpGeneratorDriver.Create([Generator.Value], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, TestContext.Current.CancellationToken);
        return output;
    }
}
