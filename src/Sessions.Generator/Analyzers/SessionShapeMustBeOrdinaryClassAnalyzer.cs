using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionShapeMustBeOrdinaryClassAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.ShapeNotOrdinaryClass,
        "A session shape must be a non-static, non-abstract, non-generic class",
        "The session shape '{0}' must be a non-static, non-abstract, non-generic class: it is {1}",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.ShapeNotOrdinaryClass));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (SessionShapeRules.IsShape(type) && SessionShapeRules.FindTypeFault(type) is { } fault)
            context.ReportDiagnostic(Diagnostic.Create(Rule, type.Locations[0], type.Name, fault));
    }
}
