using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyOfShapeShouldBeItsPropertyAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.KeyOfShape,
        "A literal key that a shape types should be the shape's property",
        "The session key '{0}' is the property '{1}' of a shape: use that",
        Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.KeyOfShape));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        var compilation = context.Compilation;
        KeyNames.Register(context, symbols, (key, report) =>
        {
            if (!key.IsInShape && key.IsWhole && ShapeKeys.Of(compilation)[key.Name].FirstOrDefault() is { } property)
                report(Diagnostic.Create(Rule, key.Location, key.Name, $"{property.ContainingType.Name}.{property.Name}"));
        });
    }
}
