using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>What is assigned, and what an assignment changes.</content>
internal sealed partial class FlowInterpreter
{
    private ImmutableHashSet<Thing> VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef)
        {
            var location = ContainerOf(assignment.Value);
            Hold(assignment.Target, location);
            return location;
        }

        var value = Visit(assignment.Value);
        if (value.IsEmpty && !IsInert(assignment.Value.Type) && !assignment.Value.ConstantValue.HasValue && !context.Vocabulary.IsOwner(assignment.Value.Type))
            value = Make(assignment.Value.Syntax, Nothing);
        Assign(assignment.Target, value, assignment);
        if (SymbolOf(Resolve(assignment.Target)) is { } flag && IsFlag(assignment.Target.Type))
            SetFlag(flag, assignment.Value, value, keepsOld: false);
        return value;
    }

    private ImmutableHashSet<Thing> VisitCompound(IOperation operation, IOperation target, IOperation? value)
    {
        var things = Visit(value);
        var isOr = operation is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Or };
        if (isOr && Resolve(target) is IPropertyReferenceOperation { Property.Name: "Modified" } property && IsOwnerMember(property))
        {
            if (value!.ConstantValue is not { HasValue: true, Value: false })
                Mark(RootsOf(property.Instance));
            return Nothing;
        }

        if (SymbolOf(Resolve(target)) is { } flag && IsFlag(target.Type))
        {
            var isAdded = operation is { Kind: OperationKind.Increment } or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add };
            SetFlag(flag, isAdded ? value : value ?? operation, things, keepsOld: isOr || isAdded);
        }

        Assign(target, Nothing, operation);
        return Nothing;
    }

    private ImmutableHashSet<Thing> VisitDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        var value = deconstruction.Value;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        Deconstruct(deconstruction.Target, value, value is ITupleOperation ? Nothing : Visit(value), deconstruction);
        return Nothing;
    }

    private void Deconstruct(IOperation target, IOperation? value, ImmutableHashSet<Thing> whole, IOperation at)
    {
        if (target is IDeclarationExpressionOperation declaration)
            target = declaration.Expression;
        if (target is not ITupleOperation targets)
        {
            Assign(target, value is null ? whole : Visit(value), at);
            return;
        }

        if (value is ITupleOperation values && values.Elements.Length == targets.Elements.Length)
        {
            // All values are read before the first is assigned
            var read = values.Elements.Select(element => element is ITupleOperation ? Nothing : Visit(element)).ToArray();
            for (var i = 0; i < read.Length; i++)
                Deconstruct(targets.Elements[i], values.Elements[i] is ITupleOperation inner ? inner : null, read[i], at);
            return;
        }

        for (var i = 0; i < targets.Elements.Length; i++)
            Deconstruct(targets.Elements[i], value: null, PartOf(whole, $"Item{i + 1}"), at);
    }

    private IOperation Resolve(IOperation target) =>
        target is IFlowCaptureReferenceOperation reference && _captured.TryGetValue(reference.Id, out var captured) ? captured : target;

    private bool IsOwnerMember(IPropertyReferenceOperation property) => context.Vocabulary.IsOwner(property.Property.ContainingType);

    private void Assign(IOperation target, ImmutableHashSet<Thing> value, IOperation at)
    {
        target = Resolve(target);
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, at);
                break;
            case ILocalReferenceOperation { Local.IsRef: true } or IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref }:
                MutateMember(VisitKind(target), target, target.Syntax.ToString(), target);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation:
                Hold(target, IsInert(target.Type) ? Nothing : value);
                break;
            case ITupleOperation tuple:
                Deconstruct(tuple, value: null, value, at);
                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, value, at);
                break;
            case IFieldReferenceOperation field:
                if (field.Instance is null or IInstanceReferenceOperation)
                    State = State.With(field.Field, value);
                AssignMember(field.Instance, field, (field.Field.CorrespondingTupleField ?? field.Field).Name, value);
                break;
            case IArrayElementReferenceOperation element:
                AssignMember(element.ArrayReference, element, Slot.Element, value);
                break;
            case IImplicitIndexerReferenceOperation indexer:
                AssignMember(indexer.Instance, indexer, Slot.Element, value);
                break;
            case IInvocationOperation call: // that returns a reference
                MutateMember(VisitKind(call), call, call.TargetMethod.Name, call);
                break;
        }
    }

    private void Hold(IOperation target, ImmutableHashSet<Thing> value)
    {
        if (target is IFlowCaptureReferenceOperation reference)
            State = State.With(reference.Id, value);
        else if (SymbolOf(target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) is { } symbol)
            State = State.With(symbol, value);
    }

    private void AssignProperty(IPropertyReferenceOperation property, ImmutableHashSet<Thing> value, IOperation at)
    {
        if (context.Vocabulary.FindKey(property) is { } key)
        {
            VisitArguments(property.Arguments);
            Write(PlacesOf(property, property.Instance, key.Key), value);
        }
        else if (IsOwnerMember(property))
        {
            if (property.Property.Name != "Modified")
                return;
            if (at is IAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: false } })
                Unmark(RootsOf(property.Instance));
            else if (at is ISimpleAssignmentOperation)
                Mark(RootsOf(property.Instance));
        }
        else if (!LibraryMethods.IsRoomOnly(property.Property))
        {
            if (property.Instance is null or IInstanceReferenceOperation)
                State = State.With(property.Property, value);
            VisitArguments(property.Arguments);
            AssignMember(property.Instance, property, property.Property.IsIndexer ? Slot.Element : property.Property.Name, value);
        }
    }

    private void AssignMember(IOperation? instance, IOperation target, string member, ImmutableHashSet<Thing> value)
    {
        if (instance is null)
            return;
        var things = ContainerOf(instance);
        MutateMember(things, target, member, instance);
        if (member == Slot.Element)
        {
            Fill(things, member, value);
        }
        else if (things is { Count: 1 } && things.Single() is Thing.Made or Thing.Given && !value.IsEmpty)
        {
            State = State.With(new Slot(things.Single(), member), value);
        }
    }

    private void MutateMember(ImmutableHashSet<Thing> things, IOperation target, string name, IOperation? instance) =>
        Mutate(things, TokenOf(target.Syntax), name, instance);

    /// <summary>The objects in which the expression's value lies: those that change when a member of it is assigned.</summary>
    /// <remarks>A struct that was handed out is a copy: in a local it is nobody's, in an array or a field it is a part.</remarks>
    private ImmutableHashSet<Thing> ContainerOf(IOperation operation)
    {
        if (operation.Type is not { IsValueType: true } || IsShowing(operation.Type) || operation is IInstanceReferenceOperation)
        {
            return operation.Type is { IsReferenceType: true } || IsShowing(operation.Type) || operation is IInstanceReferenceOperation
                ? Visit(operation)
                : Nothing;
        }

        return operation switch
        {
            IFieldReferenceOperation { Instance: { } instance } => ContainerOf(instance),
            IArrayElementReferenceOperation element => Visit(element.ArrayReference),
            IPropertyReferenceOperation { Property.RefKind: not RefKind.None, Instance: { } instance } => Visit(instance),
            IImplicitIndexerReferenceOperation indexer when IsShowing(indexer.Instance.Type) => Visit(indexer.Instance),
            ILocalReferenceOperation { Local.IsRef: true } or IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref } => Visit(operation),
            IFlowCaptureReferenceOperation reference when _captured.TryGetValue(reference.Id, out var captured) => ContainerOf(captured),
            IInvocationOperation { TargetMethod.RefKind: not RefKind.None } call => Visit(call),
            _ => Nothing,
        };
    }

    // Structs that write through to what they show
    private static bool IsShowing(ITypeSymbol? type) =>
        type is { Name: "Span" or "Memory" or "ArraySegment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>The smallest piece of source that names what is done.</summary>
    private static SyntaxNode TokenOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax call => TokenOf(call.Expression),
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        ElementAccessExpressionSyntax element => element.ArgumentList,
        ElementBindingExpressionSyntax binding => binding.ArgumentList,
        ParenthesizedExpressionSyntax parenthesized => TokenOf(parenthesized.Expression),
        _ => syntax,
    };
}
