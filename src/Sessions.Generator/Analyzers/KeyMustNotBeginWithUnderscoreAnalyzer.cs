using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyMustNotBeginWithUnderscoreAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.KeyWithUnderscore,
        "A session key must not begin with an underscore",
        "The session key '{0}' begins with an underscore: such keys are reserved for the framework",
        Keys,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.KeyWithUnderscore));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        KeyNames.Register(context, symbols, Analyze);

    private static void Analyze(KeyName key, Action<Diagnostic> report)
    {
        if (!key.Name.StartsWith("_", StringComparison.Ordinal))
            return;
        report(Diagnostic.Create(
            Rule,
            key.Location,
            effectiveSeverity: key.IsInShape ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            additionalLocations: null,
            properties: null,
            messageArgs: key.Name));
    }
}
