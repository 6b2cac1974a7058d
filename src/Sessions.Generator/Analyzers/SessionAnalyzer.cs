using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Sessions.Generator.Analyzers;

/// <summary>What every rule's analyzer shares: it works where the runtime is referenced, concurrently, and not on generated code.</summary>
public abstract class SessionAnalyzer : DiagnosticAnalyzer
{
    private protected const string Shapes = "Sessions.Shapes";
    private protected const string Keys = "Sessions.Keys";
    private protected const string Usage = "Sessions.Usage";

    private protected SessionAnalyzer(params DiagnosticDescriptor[] rules) => SupportedDiagnostics = [.. rules];

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (SessionSymbols.Find(start.Compilation) is { } symbols)
                Register(start, symbols);
        });
    }

    /// <summary>Looks at each shape that is declared.</summary>
    private protected static void RegisterShapeAction(CompilationStartAnalysisContext context, Action<SymbolAnalysisContext, INamedTypeSymbol> analyze) =>
        context.RegisterSymbolAction(
            symbol =>
            {
                if (symbol.Symbol is INamedTypeSymbol type && SessionShapeRules.IsShape(type))
                    analyze(symbol, type);
            },
            SymbolKind.NamedType);

    private protected abstract void Register(CompilationStartAnalysisContext context, SessionSymbols symbols);
}
