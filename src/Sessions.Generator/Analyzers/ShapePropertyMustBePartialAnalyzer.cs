using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ShapePropertyMustBePartialAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.PropertyNotPartial,
        "A session shape's property must be a partial, non-static property with get and set",
        "The shape property '{0}' must be a partial, non-static property with get and set: it is {1}",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.PropertyNotPartial));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        RegisterShapeAction(context, Analyze);

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (SessionShapeRules.FindPropertyFault(property, context.CancellationToken) is { } fault && !GeneratedMembers.IsGenerated(property))
                context.ReportDiagnostic(Diagnostic.Create(Rule, property.Locations[0], property.Name, fault));
        }
    }
}
