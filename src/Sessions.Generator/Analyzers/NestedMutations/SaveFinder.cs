using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Knows what one member stores, marks and drops, and so whether a mutation in it is lost.</summary>
internal sealed class SaveFinder
{
    private readonly List<Save> _saves = [];
    private readonly List<Store> _stores = [];
    private readonly SessionValueSource _source;
    private readonly SessionValueTracker _tracker;
    private readonly SessionIdentity _identity;

    public SaveFinder(SessionValueSource source, SessionValueTracker tracker, IEnumerable<IOperation> operations)
    {
        _source = source;
        _tracker = tracker;
        _identity = new(tracker);
        foreach (var operation in operations)
            Collect(operation);
    }

    /// <summary>Whether something in the member makes the session store the mutated value, or forget it.</summary>
    public bool IsSaved(SessionValue value, Mutation mutation) => _saves.Any(save =>
        _identity.MayBeSame(save.Value.Owner, value.Owner)
        && SessionIdentity.IsInScope(save.Operation, value.Owner)
        && SessionIdentity.IsInScope(mutation.Operation, save.Value.Owner)
        && value.MayShareKeyWith(save.Value)
        && (save.HoldsAnywhere || !OperationOrder.IsSurelyBefore(save.Operation, mutation.Operation)));

    /// <summary>What the mutated object was stored as, before the mutation; null when it was not stored, or may not have been.</summary>
    public SessionValue? FindStoredBefore(Mutation mutation) =>
        _tracker.FindVariable(mutation.Target) is { } variable
            ? _stores.FirstOrDefault(store => SymbolEqualityComparer.Default.Equals(store.Variable, variable)
                && OperationOrder.IsAlwaysBefore(store.Operation, mutation.Operation))?.Value
            : null;

    private void Collect(IOperation operation)
    {
        switch (operation)
        {
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (var key in TargetsOf(deconstruction.Target).Select(_source.FindKey).OfType<SessionValue>())
                    _saves.Add(new(deconstruction, key, HoldsAnywhere: false));
                break;
            case ICoalesceAssignmentOperation:
                break; // stores only what was missing
            case IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Modified" } property } assignment
                when IsOwner(property.Property.ContainingType) && assignment.Value.ConstantValue is not { HasValue: true, Value: false }:
                _saves.Add(new(assignment, new(property.Instance, Key: null), HoldsAnywhere: true));
                break;
            case IAssignmentOperation assignment when _source.FindKey(assignment.Target) is { } key:
                AddStore(assignment, key, assignment.Value);
                break;
            case IInvocationOperation invocation:
                CollectCall(invocation);
                break;
        }
    }

    private void CollectCall(IInvocationOperation invocation)
    {
        if (_source.Symbols.IsSessionCall(invocation) && _source.FindCall(invocation, "Set") is { } stored)
            AddStore(invocation, stored, invocation.Arguments.LastOrDefault()?.Value);
        else if (_source.FindCall(invocation, "Remove", "Pop") is { } dropped)
            _saves.Add(new(invocation, dropped, HoldsAnywhere: true));
        else if (_source.FindCall(invocation, "Mutate") is { } mutated)
            _saves.Add(new(invocation, mutated, HoldsAnywhere: false));
        else if (_source.Symbols.IsSessionCall(invocation) && invocation.TargetMethod.Name is "Clear" or "Flush")
            _saves.Add(new(invocation, new(invocation.Instance, Key: null), HoldsAnywhere: true));
        else if (_source.FindCall(invocation, "Update") is { } updated)
            _saves.Add(new(invocation, updated with { Key = null }, HoldsAnywhere: false));
    }

    private void AddStore(IOperation operation, SessionValue value, IOperation? stored)
    {
        _saves.Add(new(operation, value, HoldsAnywhere: false));
        if (stored is not null && SessionValueTracker.VariableOf(Unwrap(stored)) is { } variable)
            _stores.Add(new(operation, value, variable));
    }

    private static IEnumerable<IOperation> TargetsOf(IOperation target) =>
        target is ITupleOperation tuple ? tuple.Elements.SelectMany(TargetsOf) : [target];

    private static IOperation Unwrap(IOperation operation) =>
        operation is IConversionOperation conversion ? Unwrap(conversion.Operand) : operation;

    private bool IsOwner(INamedTypeSymbol type) => _source.Symbols.IsSession(type) || SessionShapeRules.IsShape(type);

    // Its position does not matter where it holds anywhere; else only one that may come after the mutation counts
    private sealed record Save(IOperation Operation, SessionValue Value, bool HoldsAnywhere);

    private sealed record Store(IOperation Operation, SessionValue Value, ISymbol Variable);
}
