using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyMustHaveOneTypeAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.KeyInTwoProperties,
        "A session key must have one type",
        "The session key '{0}' is also the property '{1}' of type '{2}'",
        Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.KeyInTwoProperties),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        var keys = new ConcurrentBag<IPropertySymbol>();
        RegisterShapeAction(context, (symbol, type) =>
        {
            foreach (var key in SessionShapeRules.FindKeys(type, symbol.CancellationToken))
                keys.Add(key);
        });
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var sharing in keys.GroupBy(SessionShapeRules.GetKeyName, StringComparer.Ordinal).Where(static group => group.Count() > 1))
                Report(end, sharing.Key, sharing);
        });
    }

    private static void Report(CompilationAnalysisContext context, string name, IEnumerable<IPropertySymbol> sharing)
    {
        var inOrder = sharing
            .OrderBy(static key => key.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static key => key.Locations[0].SourceSpan.Start)
            .ToArray();
        var first = inOrder[0];
        foreach (var later in inOrder.Skip(1))
        {
            var isSameType = SymbolEqualityComparer.Default.Equals(first.Type, later.Type);
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                later.Locations[0],
                effectiveSeverity: isSameType ? DiagnosticSeverity.Info : DiagnosticSeverity.Error,
                additionalLocations: [first.Locations[0]],
                properties: null,
                messageArgs: [name, $"{first.ContainingType.Name}.{first.Name}", Text(first.Type)]));
        }
    }

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
