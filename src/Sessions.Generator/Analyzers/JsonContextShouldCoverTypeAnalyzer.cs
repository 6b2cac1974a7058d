using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Analyzers.Values;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonContextShouldCoverTypeAnalyzer() : SessionAnalyzer(Rule)
{
    /// <summary>The diagnostic's property for the type as source text.</summary>
    internal const string TypeProperty = "Type";

    // The package's props let the compiler see them
    private static readonly string[] Properties = ["PublishAot", "PublishTrimmed", "IsAotCompatible"];

    private static readonly SymbolDisplayFormat SourceFormat = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.NoJsonContext,
        "A JsonSerializerContext should cover the type of a session value",
        "No JsonSerializerContext covers '{0}', which trimmed code cannot store without: add [JsonSerializable(typeof({0}))]",
        Shapes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.NoJsonContext));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        if (!IsTrimmed(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
            return;
        var contexts = new JsonContexts(context.Compilation);
        var storable = new StorableTypes();
        StoredValues.Register(context, symbols, (value, report) =>
        {
            if (!contexts.Covers(value.Type) && storable.FindFault(value.Type) is null)
            {
                report(Diagnostic.Create(
                    Rule,
                    value.Location,
                    ImmutableDictionary<string, string?>.Empty.Add(TypeProperty, Bare(value.Type).ToDisplayString(SourceFormat)),
                    Bare(value.Type).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
            }
        });
    }

    private static bool IsTrimmed(AnalyzerConfigOptions options) => Properties.Any(property =>
        options.TryGetValue($"build_property.{property}", out var value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

    // typeof() takes no annotated reference
    private static ITypeSymbol Bare(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None);
}
