using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Where the variables of one member get their objects.</summary>
internal sealed class VariableAssignments
{
    private static readonly List<VariableAssignment> None = [];
    private readonly Dictionary<ISymbol, List<VariableAssignment>> _byVariable = new(SymbolEqualityComparer.Default);

    public VariableAssignments(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
            Collect(operation);
    }

    public IReadOnlyList<VariableAssignment> Of(ISymbol variable) => _byVariable.TryGetValue(variable, out var found) ? found : None;

    private void Collect(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                Add(declarator.Symbol, new(initializer.Value));
                break;
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation declarator } loop:
                Add(declarator.Symbol, new(loop.Collection));
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (var target in deconstruction.Target.DescendantsAndSelf())
                    AddTarget(target, new(Value: null));
                break;
            case ICoalesceAssignmentOperation:
                break; // keeps what is there
            case ISimpleAssignmentOperation assignment:
                AddTarget(assignment.Target, new(assignment.Value));
                break;
            case ICompoundAssignmentOperation assignment:
                AddTarget(assignment.Target, new(Value: null));
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument:
                AddTarget(Unwrap(argument.Value), new(Value: null, argument.Parent as IInvocationOperation));
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol } pattern:
                Add(symbol, new(MatchedBy(pattern)));
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } symbol } pattern:
                Add(symbol, new(MatchedBy(pattern)));
                break;
            case IAnonymousFunctionOperation function:
                CollectParameters(function);
                break;
        }
    }

    // cart.Lines.ForEach(line => …): the parameter is an element
    private void CollectParameters(IAnonymousFunctionOperation function)
    {
        if (function.Parent is not IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
            || !MutatingMethods.IsFromLibrary(call.TargetMethod)
            || MutationFinder.FindReceiver(call) is not { } receiver)
            return;
        if (function.Symbol.Parameters is [var parameter])
            Add(parameter, new(receiver));
    }

    private static IOperation? MatchedBy(IPatternOperation pattern) => pattern.Parent switch
    {
        IIsPatternOperation match => match.Value,
        IPatternCaseClauseOperation { Parent.Parent: ISwitchOperation choice } => choice.Value,
        ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } => choice.Value,
        _ => null,
    };

    private static IOperation Unwrap(IOperation operation) =>
        operation is IDeclarationExpressionOperation declaration ? declaration.Expression : operation;

    private void AddTarget(IOperation target, VariableAssignment assignment)
    {
        if (SessionValueTracker.VariableOf(target) is { } variable)
            Add(variable, assignment);
    }

    private void Add(ISymbol variable, VariableAssignment assignment)
    {
        if (!_byVariable.TryGetValue(variable, out var list))
            _byVariable.Add(variable, list = []);
        list.Add(assignment);
    }
}
