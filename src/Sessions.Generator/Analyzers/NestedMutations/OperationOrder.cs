using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Which of two operations of one member comes first, as far as the source's structure tells.</summary>
internal static class OperationOrder
{
    /// <summary>Whether, where both run, the second runs last: no loop or function may bring the first one round again.</summary>
    public static bool IsSurelyBefore(IOperation first, IOperation second) =>
        first.Syntax.Span.End <= second.Syntax.SpanStart
        && FunctionOf(first) == FunctionOf(second)
        && !Ancestors(first).OfType<ILoopOperation>().Any(loop => Ancestors(second).Contains(loop));

    /// <summary>Whether the second never runs without the first: its statement stands in the same block, or in one around.</summary>
    public static bool IsAlwaysBefore(IOperation first, IOperation second) =>
        first.Syntax.Span.End <= second.Syntax.SpanStart
        && FunctionOf(first) == FunctionOf(second)
        && StatementOf(first) is { Parent: IBlockOperation or ISwitchCaseOperation } statement
        && Ancestors(second).Contains(statement.Parent);

    public static IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
            yield return parent;
    }

    private static IOperation? FunctionOf(IOperation operation) =>
        Ancestors(operation).FirstOrDefault(static parent => parent is IAnonymousFunctionOperation or ILocalFunctionOperation);

    // Conditions, operands of ?: and the like are not statements of their own: only an expression statement surely runs
    private static IExpressionStatementOperation? StatementOf(IOperation operation) => operation.Parent as IExpressionStatementOperation;
}
