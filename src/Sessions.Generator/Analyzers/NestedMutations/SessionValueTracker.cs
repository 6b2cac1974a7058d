using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Follows an object back to the session that it came out of, through the locals, member chains and casts of one member.</summary>
internal sealed class SessionValueTracker
{
    private readonly SessionValueSource _source;
    private readonly VariableAssignments _assignments;

    public SessionValueTracker(SessionValueSource source, IEnumerable<IOperation> operations)
    {
        _source = source;
        _assignments = new(operations);
    }

    /// <summary>The session's value that the operation gives, or gives a part of; null when it may be somebody else's.</summary>
    public SessionValue? Trace(IOperation operation) => Trace(operation, isReference: false, new(SymbolEqualityComparer.Default));

    /// <summary>The local or parameter, assigned once at most, whose object, or a part of it, the operation gives.</summary>
    public ISymbol? FindVariable(IOperation operation)
    {
        var isReference = false;
        for (var current = operation; current is not null; current = Step(current))
        {
            isReference |= IsReference(current);
            if (VariableOf(current) is { } variable)
                return isReference && _assignments.Of(variable).Count <= (variable is IParameterSymbol ? 0 : 1) ? variable : null;
        }

        return null;
    }

    /// <summary>What a local or parameter was once set to; null when not at all, or more than once.</summary>
    public IOperation? FindOnlyValue(ISymbol variable) => _assignments.Of(variable) is [{ Value: { } value }] ? value : null;

    public static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    // A struct that was handed out is a copy, but the objects in it are not: somewhere on the way there must be a reference
    private SessionValue? Trace(IOperation operation, bool isReference, HashSet<ISymbol> seen)
    {
        for (var current = operation; current is not null; current = Step(current))
        {
            isReference |= IsReference(current);
            if (_source.FindRead(current) is { } value)
                return isReference ? value : null;
            if (VariableOf(current) is { } variable)
                return isReference ? TraceVariable(variable, seen) : null;
            if (current is IConditionalOperation { WhenFalse: { } otherwise } choice)
                return Trace(choice.WhenTrue, isReference, seen) is { } one && Trace(otherwise, isReference, seen) is not null ? one : null;
        }

        return null;
    }

    // A variable that may hold somebody else's object is left alone
    private SessionValue? TraceVariable(ISymbol variable, HashSet<ISymbol> seen)
    {
        if (!seen.Add(variable))
            return null;
        var values = _assignments.Of(variable)
            .Where(static assignment => assignment.Value is not { ConstantValue: { HasValue: true, Value: null } })
            .Select(assignment => Trace(assignment, seen))
            .ToArray();
        return values.Contains(null) ? null : values.FirstOrDefault();
    }

    private SessionValue? Trace(VariableAssignment assignment, HashSet<ISymbol> seen) => assignment switch
    {
        { OutOf: { } call } => _source.FindCall(call, "TryGet") ?? TraceOut(call, seen),
        { Value: { } value } => Trace(value, isReference: true, seen),
        _ => null,
    };

    private SessionValue? TraceOut(IInvocationOperation call, HashSet<ISymbol> seen) =>
        call.TargetMethod.Name is "TryGetValue" or "TryPeek"
        && MutatingMethods.IsFromLibrary(call.TargetMethod)
        && MutationFinder.FindReceiver(call) is { } receiver
            ? Trace(receiver, isReference: true, seen)
            : null;

    private static bool IsReference(IOperation operation) => operation.Type is { IsReferenceType: true };

    // One step back towards the object that holds this one
    private static IOperation? Step(IOperation operation) => operation switch
    {
        IConversionOperation { OperatorMethod: null } conversion => conversion.Operand,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        ICoalesceOperation coalesce => coalesce.Value,
        ICoalesceAssignmentOperation assignment => assignment.Target,
        ISimpleAssignmentOperation assignment => assignment.Value,
        IConditionalAccessOperation access => access.WhenNotNull,
        IConditionalAccessInstanceOperation instance => FindConditionalReceiver(instance),
        IPropertyReferenceOperation property => property.Instance,
        IFieldReferenceOperation field => field.Instance,
        IArrayElementReferenceOperation element => element.ArrayReference,
        IImplicitIndexerReferenceOperation indexer => indexer.Instance,
        IInvocationOperation call when MutatingMethods.IsPick(call.TargetMethod) => MutationFinder.FindReceiver(call),
        _ => null,
    };

    private static IOperation? FindConditionalReceiver(IConditionalAccessInstanceOperation instance)
    {
        IOperation child = instance;
        for (var parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation;
        }

        return null;
    }
}
