using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Tells from one operation by itself whether it could change an object in place. Most members have none that could.</summary>
internal static class MutationCandidates
{
    public static bool IsCandidate(IOperation operation, SessionVocabulary vocabulary) => operation switch
    {
        IInvocationOperation call => MayMutate(call, vocabulary),
        IAssignmentOperation assignment => IsInside(assignment.Target, vocabulary),
        IIncrementOrDecrementOperation increment => IsInside(increment.Target, vocabulary),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsInside(argument.Value, vocabulary),
        _ => false,
    };

    private static bool MayMutate(IInvocationOperation call, SessionVocabulary vocabulary)
    {
        var method = call.TargetMethod;
        if (LibraryMethods.FindMutated(method) is { } index)
        {
            var target = LibraryMethods.TargetOf(call, index);
            return target is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
                && !IsInMutate(target, vocabulary);
        }

        // What a lambda or a local function does stands in the same member
        return !method.DeclaringSyntaxReferences.IsEmpty
            && method.MethodKind is not (MethodKind.LocalFunction or MethodKind.DelegateInvoke)
            && (call.Instance is not null || call.Arguments.Length > 0)
            && vocabulary.FindVerb(call) is null;
    }

    // A variable is not inside of an object, unless it is a reference; a key's own value is set and not changed
    private static bool IsInside(IOperation target, SessionVocabulary vocabulary) => target switch
    {
        IDeclarationExpressionOperation => false,
        ILocalReferenceOperation local => local.Local.IsRef,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind == RefKind.Ref,
        IDiscardOperation => false,
        ITupleOperation tuple => tuple.Elements.Any(element => IsInside(element, vocabulary)),
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } => false,
        IPropertyReferenceOperation property => !vocabulary.IsOwner(property.Property.ContainingType) && !IsInMutate(property.Instance, vocabulary),
        _ => true,
    };

    // Whether the object is the parameter of a lambda that a Mutate method runs, and so is stored afterwards
    private static bool IsInMutate(IOperation? target, SessionVocabulary vocabulary)
    {
        while (target is IPropertyReferenceOperation or IFieldReferenceOperation or IConversionOperation)
        {
            target = target switch
            {
                IPropertyReferenceOperation property => property.Instance,
                IFieldReferenceOperation field => field.Instance,
                _ => ((IConversionOperation)target).Operand,
            };
        }

        if (target is not IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda } })
            return false;
        IOperation? outer = target;
        while (outer is not null && !(outer is IAnonymousFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, lambda)))
            outer = outer.Parent;
        while (outer is IAnonymousFunctionOperation or IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
            outer = outer.Parent;
        return outer is IInvocationOperation call && vocabulary.FindVerb(call) is { Name: "Mutate" };
    }
}
