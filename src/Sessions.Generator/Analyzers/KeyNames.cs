using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers;

/// <summary>Finds every key name that the code states as a constant.</summary>
internal static class KeyNames
{
    public static void Register(CompilationStartAnalysisContext context, SessionSymbols symbols, Action<KeyName, Action<Diagnostic>> analyze)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var key in FindInShape((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken))
                    analyze(key, symbol.ReportDiagnostic);
            },
            SymbolKind.NamedType);
        context.RegisterOperationAction(
            operation =>
            {
                if (FindInCode(operation.Operation, symbols) is { } key)
                    analyze(key, operation.ReportDiagnostic);
            },
            OperationKind.Invocation,
            OperationKind.PropertyReference,
            OperationKind.ObjectCreation);
    }

    private static IEnumerable<KeyName> FindInShape(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!SessionShapeRules.IsShape(type))
            return [];
        var prefix = SessionShapeRules.GetPrefix(type);
        return SessionShapeRules.FindKeys(type, cancellationToken)
            .Select(property => new KeyName(
                SessionShapeRules.GetKeyName(property), LocationOf(type, property, prefix, cancellationToken), IsInShape: true))
            .GroupBy(static key => key.Location) // a wrong prefix is every key's, and one mistake
            .Select(static keys => keys.First());
    }

    private static Location LocationOf(INamedTypeSymbol type, IPropertySymbol property, string prefix, CancellationToken cancellationToken)
    {
        var syntax = prefix.StartsWith("_", StringComparison.Ordinal)
            ? type.FindAttribute(WellKnownNames.SessionShapeAttribute)?.FindArgument(0, "Prefix", cancellationToken)
            : SessionShapeRules.GetOwnKeyName(property) is not null
                ? property.FindAttribute(WellKnownNames.SessionKeyAttribute)?.FindArgument(0, name: null, cancellationToken)
                : null;
        return syntax?.GetLocation() ?? property.Locations[0];
    }

    private static KeyName? FindInCode(IOperation operation, SessionSymbols symbols)
    {
        var argument = operation switch
        {
            IInvocationOperation invocation when symbols.IsSessionCall(invocation) => FindArgument(invocation.Arguments, "key"),
            IPropertyReferenceOperation property when symbols.IsSessionIndexer(property) => FindArgument(property.Arguments, "key"),
            IObjectCreationOperation creation when symbols.IsSessionKey(creation.Type) => FindArgument(creation.Arguments, "name"),
            _ => null,
        };
        return argument is { Value.ConstantValue: { HasValue: true, Value: string name } }
            ? new(name, argument.Value.Syntax.GetLocation(), IsInShape: false)
            : null;
    }

    private static IArgumentOperation? FindArgument(IEnumerable<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter);
}
