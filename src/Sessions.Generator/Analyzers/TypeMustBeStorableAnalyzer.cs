using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Sessions.Generator.Analyzers.Values;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TypeMustBeStorableAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.TypeCannotBeStored,
        "A session value's type must be one that can be stored",
        "A '{0}' cannot be a session value: {1}",
        Shapes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.TypeCannotBeStored));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        var types = new StorableTypes();
        StoredValues.Register(context, symbols, (value, report) =>
        {
            if (types.FindFault(value.Type) is { } fault)
                report(Diagnostic.Create(Rule, value.Location, Text(value.Type), $"{fault.Path ?? "it"} is {fault.Kind}"));
        });
    }

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
