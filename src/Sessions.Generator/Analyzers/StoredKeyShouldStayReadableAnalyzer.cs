using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Sessions.Generator.Models;
using Sessions.Generator.Schemas;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StoredKeyShouldStayReadableAnalyzer() : SessionAnalyzer(Rule)
{
    /// <summary>The diagnostic's property for the name that a renamed key had.</summary>
    internal const string FormerNameProperty = "FormerName";

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.SchemaBroken,
        "A key that is stored should stay readable",
        "Stored sessions hold '{0}' of type '{1}', {2}",
        Keys,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.SchemaBroken));

    /// <summary>The keys of a compilation's own shapes, with their properties.</summary>
    internal static IReadOnlyCollection<(SchemaKeyModel Key, IPropertySymbol Property)> FindKeys(Compilation compilation) =>
        [.. ShapeKeys.Of(compilation).ByName
            .SelectMany(static properties => properties)
            .Where(property => SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, compilation.Assembly))
            .Select(static property => (SessionSchemaParser.Parse(property.ContainingType, property), property))];

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        if (context.Options.AdditionalFiles.FirstOrDefault(static file => SessionSchema.IsSchema(file.Path)) is not { } file
            || file.GetText(context.CancellationToken) is not { } text)
            return;
        var compilation = context.Compilation;
        var breaks = new Lazy<SchemaBreak[]>(() =>
            [.. SchemaRules.FindBreaks(SessionSchemaReader.Read(text.ToString()), [.. FindKeys(compilation).Select(static key => key.Key)])]);
        RegisterShapeAction(context, (symbol, type) =>
        {
            foreach (var key in SessionShapeRules.FindKeys(type, symbol.CancellationToken))
                Report(symbol, key, breaks.Value);
        });
        context.RegisterAdditionalFileAction(additional =>
        {
            if (additional.AdditionalFile.Path == file.Path)
                Report(additional, text, breaks.Value);
        });
    }

    private static void Report(SymbolAnalysisContext context, IPropertySymbol property, SchemaBreak[] breaks)
    {
        var key = SessionSchemaParser.Parse(property.ContainingType, property);
        foreach (var (stored, now, isRenamed) in breaks)
        {
            if (key != now)
                continue;
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (isRenamed)
                properties = properties.Add(FormerNameProperty, stored.Key.Key);
            var reason = isRenamed ? $"which is '{key.Key}' now: keep the former name" : $"which is a '{key.Type}' now";
            context.ReportDiagnostic(Diagnostic.Create(Rule, property.Locations[0], properties, stored.Key.Key, stored.Key.Type, reason));
        }
    }

    // A key that is gone has no other place
    private static void Report(AdditionalFileAnalysisContext context, SourceText text, SchemaBreak[] breaks)
    {
        foreach (var (stored, _, _) in breaks.Where(static one => one.Now is null))
        {
            var location = Location.Create(context.AdditionalFile.Path, stored.Span, text.Lines.GetLinePositionSpan(stored.Span));
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, stored.Key.Key, stored.Key.Type, "which no shape reads now"));
        }
    }
}
