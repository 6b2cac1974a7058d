using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Analyzers.NestedMutations;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedMutationShouldBeSavedAnalyzer() : SessionAnalyzer(Rule)
{
    /// <summary>The diagnostic's property for the session or shape as source text: empty inside a shape, absent where no text names it.</summary>
    internal const string OwnerProperty = "Owner";

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.NestedMutation,
        "A nested mutation of a session value should be saved",
        "'{0}' changes a session value in place, which is not saved: set 'Modified = true', assign the value back, or use a Mutate method",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.NestedMutation));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols) =>
        context.RegisterOperationBlockAction(block => Analyze(block, symbols));

    private static void Analyze(OperationBlockAnalysisContext context, SessionSymbols symbols)
    {
        var operations = context.OperationBlocks.SelectMany(static block => block.DescendantsAndSelf()).ToArray();
        if (!operations.Any(operation => IsTouch(operation, symbols)))
            return;

        var source = new SessionValueSource(symbols);
        var tracker = new SessionValueTracker(source, operations);
        var saves = new SaveFinder(source, tracker, operations);
        foreach (var mutation in operations.Select(MutationFinder.Find).OfType<Mutation>())
        {
            var value = tracker.Trace(mutation.Target) ?? saves.FindStoredBefore(mutation);
            if (value is not null && !saves.IsSaved(value, mutation))
                context.ReportDiagnostic(Diagnostic.Create(Rule, mutation.Location, PropertiesOf(value), mutation.Name));
        }
    }

    // Most members have nothing to do with sessions, and cost no more than this
    private static bool IsTouch(IOperation operation, SessionSymbols symbols) =>
        symbols.IsSession(operation.Type) || operation.Type is INamedTypeSymbol type && SessionShapeRules.IsShape(type);

    private static ImmutableDictionary<string, string?> PropertiesOf(SessionValue value) =>
        OwnerText.Of(value.Owner) is { } text
            ? ImmutableDictionary<string, string?>.Empty.Add(OwnerProperty, text)
            : ImmutableDictionary<string, string?>.Empty;
}
