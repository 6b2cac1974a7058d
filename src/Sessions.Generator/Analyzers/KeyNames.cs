using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Analyzers.Values;
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
                foreach (var value in FindInCode(operation.Operation, symbols))
                {
                    if (BeginOf(value) is { } name)
                        analyze(new(name, value.Syntax.GetLocation(), IsInShape: false, IsWhole: value.ConstantValue.HasValue), operation.ReportDiagnostic);
                }
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

    private static IEnumerable<IOperation> FindInCode(IOperation operation, SessionSymbols symbols)
    {
        if (operation is IInvocationOperation { TargetMethod.Name: "Update" } update && symbols.IsSessionCall(update))
            return UpdateItems.Find(update).Select(static item => item.Key);
        var argument = operation switch
        {
            IInvocationOperation invocation when symbols.IsSessionCall(invocation) => FindArgument(invocation.Arguments, "key"),
            IPropertyReferenceOperation property when symbols.IsSessionIndexer(property) => FindArgument(property.Arguments, "key"),
            IObjectCreationOperation creation when symbols.IsSessionKey(creation.Type) => FindArgument(creation.Arguments, "name"),
            _ => null,
        };
        return argument is null ? [] : [argument.Value];
    }

    // The constant that the text is, or begins with
    private static string? BeginOf(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: string name } } => name,
        IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation { Text: var first }, ..] } => BeginOf(first),
        IInterpolatedStringOperation { Parts: [IInterpolationOperation { Expression: var first }, ..] } => BeginOf(first),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var first } => BeginOf(first),
        _ => null,
    };

    private static IArgumentOperation? FindArgument(IEnumerable<IArgumentOperation> arguments, string parameter) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter);
}
