using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Sessions.Generator.Tests.Infrastructure;

/// <summary>What a project file tells analyzers: properties and additional files.</summary>
internal static class TestOptions
{
    /// <summary>A project that sets these properties to true.</summary>
    public static AnalyzerOptions Of(params string[] properties) =>
        new([], new Provider(properties.ToImmutableDictionary(static name => $"build_property.{name}", static _ => "true")));

    public static AnalyzerOptions WithFile(string path, string text) => new([new File(path, text)], new Provider([]));

    public static AnalyzerConfigOptionsProvider Provide(params string[] properties) => Of(properties).AnalyzerConfigOptionsProvider;

    public sealed class File(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, System.Text.Encoding.UTF8);
    }

    private sealed class Provider(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
