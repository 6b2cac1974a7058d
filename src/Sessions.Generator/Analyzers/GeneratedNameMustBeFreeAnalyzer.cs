using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedNameMustBeFreeAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.NameTaken,
        "A generated member's name must not be taken",
        "'{0}' takes the name of a member that is generated for '{1}'",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.NameTaken));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        RegisterShapeAction(context, Analyze);

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var conflicts = GeneratedMembers.FindConflicts(type, context.CancellationToken)
            .GroupBy(static conflict => conflict.TakenBy, SymbolEqualityComparer.Default);
        foreach (var group in conflicts)
        {
            var conflict = group.First();
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, LocationOf(type, conflict), conflict.Name, conflict.Key?.Name ?? type.Name));
        }
    }

    // What the user can edit here: the member that has the name, unless it is another type's
    private static Location LocationOf(INamedTypeSymbol shape, NameConflict conflict)
    {
        var isHere = SymbolEqualityComparer.Default.Equals(conflict.TakenBy, shape)
            || SymbolEqualityComparer.Default.Equals(conflict.TakenBy.ContainingType, shape);
        return (isHere ? conflict.TakenBy : (ISymbol?)conflict.Key ?? shape).Locations[0];
    }
}
