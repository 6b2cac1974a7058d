using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionShapeMustUseCSharp13Analyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.LanguageTooOld,
        "Session shapes need C# 13 or later",
        "The session shape '{0}' needs C# 13 or later, because its properties are partial",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.LanguageTooOld));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        RegisterShapeAction(context, Analyze);

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (type.Declarations(context.CancellationToken).FirstOrDefault() is { } declaration
            && !SessionShapeRules.HasLanguageVersion(declaration.SyntaxTree))
            context.ReportDiagnostic(Diagnostic.Create(Rule, declaration.Identifier.GetLocation(), type.Name));
    }
}
