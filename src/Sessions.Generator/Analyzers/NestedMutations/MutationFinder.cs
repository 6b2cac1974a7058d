using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Tells whether an operation changes some object in place.</summary>
internal static class MutationFinder
{
    public static Mutation? Find(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => FindCall(invocation),
        IDeconstructionAssignmentOperation => null, // its parts are found by themselves
        IAssignmentOperation assignment => FindAssignment(assignment, assignment.Target),
        IIncrementOrDecrementOperation increment => FindAssignment(increment, increment.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => FindAssignment(argument, argument.Value),
        ITupleOperation { Parent: IDeconstructionAssignmentOperation parent } tuple when parent.Target == tuple => FindInTuple(parent, tuple),
        _ => null,
    };

    /// <summary>The object that a call is made on: of a method, or of an extension.</summary>
    public static IOperation? FindReceiver(IInvocationOperation invocation) =>
        invocation.Instance ?? invocation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;

    private static Mutation? FindCall(IInvocationOperation invocation)
    {
        if (!MutatingMethods.IsMutating(invocation.TargetMethod) || FindReceiver(invocation) is not { } receiver)
            return null;
        var name = invocation.Syntax is InvocationExpressionSyntax syntax ? NameOf(syntax.Expression) : invocation.Syntax;
        return new(invocation, receiver, invocation.TargetMethod.Name, name.GetLocation());
    }

    private static Mutation? FindInTuple(IOperation operation, ITupleOperation tuple) =>
        tuple.Elements.Select(element => FindAssignment(operation, element)).FirstOrDefault(static mutation => mutation is not null);

    private static Mutation? FindAssignment(IOperation operation, IOperation target)
    {
        var (instance, name) = target switch
        {
            // room, not content
            IPropertyReferenceOperation { Property.Name: "Capacity" } => (null, ""),
            IPropertyReferenceOperation property => (property.Instance, property.Property.IsIndexer ? "[]" : property.Property.Name),
            IFieldReferenceOperation field => (field.Instance, field.Field.Name),
            IArrayElementReferenceOperation element => (element.ArrayReference, "[]"),
            IImplicitIndexerReferenceOperation indexer => (indexer.Instance, "[]"),
            _ => (null, ""),
        };
        return instance is null ? null : new(operation, instance, name, NameOf(target.Syntax).GetLocation());
    }

    private static SyntaxNode NameOf(SyntaxNode syntax) => syntax switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        ElementAccessExpressionSyntax element => element.ArgumentList,
        ElementBindingExpressionSyntax binding => binding.ArgumentList,
        _ => syntax,
    };
}
