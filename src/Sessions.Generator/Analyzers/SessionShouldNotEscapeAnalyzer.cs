using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Analyzers.Escapes;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionShouldNotEscapeAnalyzer() : SessionAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.SessionEscapes,
        "A session should not outlive its request",
        "'{0}' holds the session of one request, and {1}",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.SessionEscapes),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        var holders = new SessionHolders(symbols);
        context.RegisterSymbolAction(symbol => AnalyzeStatic(symbol, holders), SymbolKind.Field, SymbolKind.Property);
        context.RegisterOperationAction(operation => AnalyzeAssignment(operation, holders), OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);

        // Who lives long is known only when all registrations are seen
        var singletons = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        var candidates = new ConcurrentBag<INamedTypeSymbol>();
        context.RegisterOperationAction(
            operation =>
            {
                foreach (var (escaping, how) in EscapingArguments.Find(operation.Operation, holders))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, escaping.Syntax.GetLocation(), escaping.Syntax.ToString(), how));
                if (operation.Operation is not IInvocationOperation call)
                    return;
                foreach (var type in LongLivedTypes.FindRegistered(call))
                    singletons.TryAdd(type.OriginalDefinition, true);
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation,
            OperationKind.EventAssignment);
        context.RegisterSymbolAction(
            symbol =>
            {
                if (holders.FindHeld((INamedTypeSymbol)symbol.Symbol).Any())
                    candidates.Add((INamedTypeSymbol)symbol.Symbol);
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var type in candidates)
            {
                if (LongLivedTypes.Describe(type, singletons.ContainsKey(type.OriginalDefinition)) is { } description)
                    ReportHeld(end, holders, type, description);
            }
        });
    }

    private static void AnalyzeStatic(SymbolAnalysisContext context, SessionHolders holders)
    {
        if (context.Symbol is { IsStatic: true, IsImplicitlyDeclared: false } symbol && holders.IsHeldBy(symbol))
            context.ReportDiagnostic(Diagnostic.Create(Rule, symbol.Locations[0], symbol.Name, "is static: every request would share it"));
    }

    // What a static of another type takes; one that is typed for sessions is reported where it is declared
    private static void AnalyzeAssignment(OperationAnalysisContext context, SessionHolders holders)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        if (assignment.Target is IMemberReferenceOperation { Member: { IsStatic: true } member }
            && !holders.IsHeldBy(member)
            && holders.IsSession(SessionHolders.Unwrap(assignment.Value).Type))
            context.ReportDiagnostic(Diagnostic.Create(
                Rule, assignment.Value.Syntax.GetLocation(), assignment.Value.Syntax.ToString(), $"'{member.Name}' is static: every request would share it"));
    }

    private static void ReportHeld(CompilationAnalysisContext context, SessionHolders holders, INamedTypeSymbol type, string description)
    {
        // A field takes what the constructor was given: one place is enough
        var held = holders.FindHeld(type).ToArray();
        var hasParameter = held.Any(static symbol => symbol is IParameterSymbol);
        foreach (var symbol in held.Where(symbol => symbol is IParameterSymbol || !hasParameter))
            context.ReportDiagnostic(Diagnostic.Create(Rule, symbol.Locations[0], symbol.Name, description));
    }
}
