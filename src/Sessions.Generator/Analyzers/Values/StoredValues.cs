using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Analyzers.Values;

/// <summary>Finds the type of every value that the code reads from a session, or writes to one.</summary>
internal static class StoredValues
{
    private static readonly HashSet<string> Verbs = ["Get", "TryGet", "Set", "Pop", "SetDefault"];

    public static void Register(CompilationStartAnalysisContext context, SessionSymbols symbols, Action<StoredValue, Action<Diagnostic>> analyze)
    {
        context.RegisterSymbolAction(
            symbol =>
            {
                foreach (var value in FindInShape((INamedTypeSymbol)symbol.Symbol, symbol.CancellationToken))
                    analyze(value, symbol.ReportDiagnostic);
            },
            SymbolKind.NamedType);
        context.RegisterOperationAction(
            operation =>
            {
                foreach (var value in FindInCode(operation.Operation, symbols))
                    analyze(value, operation.ReportDiagnostic);
            },
            OperationKind.Invocation,
            OperationKind.SimpleAssignment,
            OperationKind.ObjectCreation);
    }

    private static IEnumerable<StoredValue> FindInShape(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        !SessionShapeRules.IsShape(type) ? [] : SessionShapeRules.FindKeysOfAnyType(type, cancellationToken)
            .Select(key => new StoredValue(key.Type, key.Declaration(cancellationToken)!.Type.GetLocation()));

    private static IEnumerable<StoredValue> FindInCode(IOperation operation, SessionSymbols symbols)
    {
        switch (operation)
        {
            // a SessionKey<T> says its type where it is made
            case IInvocationOperation { TargetMethod: { TypeArguments: [var type] } method } call
                when symbols.IsSessionCall(call) && Verbs.Contains(method.Name) && !symbols.IsSessionKey(method.Parameters[0].Type):
                yield return Find(type, call.Syntax, call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "value")?.Value);
                break;
            case IInvocationOperation call when symbols.IsSessionCall(call) && call.TargetMethod.Name == "Update":
                foreach (var (_, value) in UpdateItems.Find(call))
                {
                    if (value?.Type is { } itemType)
                        yield return Find(itemType, value.Syntax, value);
                }

                break;
            case ISimpleAssignmentOperation { Value: { Type: { } type } value } assignment when symbols.IsSessionIndexer(assignment.Target):
                yield return Find(type, value.Syntax, value);
                break;
            case IObjectCreationOperation { Type: INamedTypeSymbol { TypeArguments: [var type] } key } creation when symbols.IsSessionKey(key):
                yield return Find(type, creation.Syntax, value: null);
                break;
        }
    }

    // The value of an object says more than its type
    private static StoredValue Find(ITypeSymbol type, SyntaxNode syntax, IOperation? value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        var stored = type.SpecialType == SpecialType.System_Object ? value?.Type ?? type : type;
        return new(stored, (TypeArgumentOf(syntax) ?? value?.Syntax ?? syntax).GetLocation());
    }

    private static TypeSyntax? TypeArgumentOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: GenericNameSyntax name } => name.TypeArgumentList.Arguments[0],
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax name } } => name.TypeArgumentList.Arguments[0],
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name: GenericNameSyntax name } } => name.TypeArgumentList.Arguments[0],
        ObjectCreationExpressionSyntax { Type: GenericNameSyntax name } => name.TypeArgumentList.Arguments[0],
        _ => null,
    };
}
