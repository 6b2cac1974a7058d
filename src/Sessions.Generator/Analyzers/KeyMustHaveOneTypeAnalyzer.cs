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
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.KeyInTwoProperties));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        RegisterShapeAction(context, Analyze);

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var key in SessionShapeRules.FindKeys(type, context.CancellationToken))
        {
            // An override is the same property once more
            var name = SessionShapeRules.GetKeyName(key);
            if (!key.IsOverride && ShapeKeys.Of(context.Compilation)[name].First() is var first && !SymbolEqualityComparer.Default.Equals(first, key))
                Report(context, name, first, key);
        }
    }

    private static void Report(SymbolAnalysisContext context, string name, IPropertySymbol first, IPropertySymbol later) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            later.Locations[0],
            effectiveSeverity: SymbolEqualityComparer.Default.Equals(first.Type, later.Type) ? DiagnosticSeverity.Info : DiagnosticSeverity.Error,
            additionalLocations: first.Locations.Where(static location => location.IsInSource),
            properties: null,
            messageArgs: [name, $"{first.ContainingType.Name}.{first.Name}", Text(first.Type)]));

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
