using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DefaultMustConvertAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.DefaultDoesNotConvert,
        "A key's default must convert to the property's type",
        "The {0} of '{1}' does not give a '{2}'",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.DefaultDoesNotConvert));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        RegisterShapeAction(context, Analyze);

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var property in SessionShapeRules.FindKeys(type, context.CancellationToken))
        {
            if (property.FindAttribute(WellKnownNames.SessionKeyAttribute) is not { } attribute)
                continue;
            if (attribute.FindNamedArgument("Default") is not null && KeyDefaultRules.FormatDefault(property, attribute) is null)
                Report(context, property, attribute, "Default");
            if (attribute.FindNamedArgument("DefaultFactory") is { IsNull: false } && KeyDefaultRules.FindFactory(property, attribute) is null)
                Report(context, property, attribute, "DefaultFactory");
        }
    }

    private static void Report(SymbolAnalysisContext context, IPropertySymbol property, AttributeData attribute, string argument)
    {
        var location = attribute.FindArgument(0, argument, context.CancellationToken)?.GetLocation() ?? property.Locations[0];
        context.ReportDiagnostic(Diagnostic.Create(
            Rule, location, argument, property.Name, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }
}
