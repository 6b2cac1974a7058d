using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyLengthMustBeValidAnalyzer() : SessionAnalyzer(Rule)
{
    private const int MaxLength = 256;

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.KeyLength,
        "A session key must have 1 to 256 characters",
        "A session key must have 1 to 256 characters: this one has {0}",
        Keys,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.KeyLength));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        KeyNames.Register(context, symbols, Analyze);

    private static void Analyze(KeyName key, Action<Diagnostic> report)
    {
        if (key.Name.Length > MaxLength || (key.Name.Length == 0 && key.IsWhole))
            report(Diagnostic.Create(Rule, key.Location, key.Name.Length));
    }
}
