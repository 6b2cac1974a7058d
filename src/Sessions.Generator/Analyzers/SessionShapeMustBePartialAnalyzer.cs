using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionShapeMustBePartialAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.ShapeNotPartial,
        "A session shape, and each type around it, must be partial",
        "'{0}' must be partial, because it is, or contains, a session shape",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.ShapeNotPartial));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SessionShapeRules.HoldsShape(type))
            return;
        foreach (var declaration in type.Declarations(context.CancellationToken))
        {
            if (!declaration.IsPartial())
                context.ReportDiagnostic(Diagnostic.Create(Rule, declaration.Identifier.GetLocation(), type.Name));
        }
    }
}
