using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Takes a state over one operation after the other, and tells what each may give.</summary>
internal sealed partial class FlowInterpreter(FlowContext context, int depth, CancellationToken cancellationToken)
{
    private static readonly ImmutableHashSet<Thing> Nothing = [];

    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly Dictionary<IOperation, ImmutableHashSet<Thing>> _conditions = [];
    private ControlFlowGraph _graph = null!; // set by each visit

    public FlowState State { get; set; } = FlowState.Empty;

    /// <summary>The losses that no later code can save: those of a function's own sessions.</summary>
    public HashSet<Loss> Reported { get; } = [];

    /// <summary>What was given and is changed here: parameters, and the type itself for <c>this</c>.</summary>
    public ImmutableHashSet<ISymbol> Mutated { get; private set; } = ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default);

    public ImmutableHashSet<Thing> Visit(IOperation operation, ControlFlowGraph graph)
    {
        _graph = graph;
        return Visit(operation);
    }

    private ImmutableHashSet<Thing> Visit(IOperation? operation)
    {
        if (operation is null)
            return Nothing;
        cancellationToken.ThrowIfCancellationRequested();
        var things = VisitKind(operation);
        if (IsInert(operation.Type) && !things.IsEmpty)
            things = things.RemoveAll(static thing => thing is not (Thing.Outcome or Thing.Mark));
        if (things.Any(static thing => thing is Thing.Outcome or Thing.Mark))
            _conditions[operation] = things;
        return things;
    }

    private ImmutableHashSet<Thing> VisitKind(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => State.Find(local.Local) ?? OwnerOf(local.Local, local.Type),
        IParameterReferenceOperation parameter =>
            State.Find(parameter.Parameter) ?? OwnerOf(parameter.Parameter, parameter.Type, new Thing.Given(parameter.Parameter)),
        IInstanceReferenceOperation { Type: { } type } => OwnerOf(type, type, new Thing.Given(type.OriginalDefinition)),
        IFlowCaptureOperation capture => VisitCapture(capture),
        IFlowCaptureReferenceOperation reference => State.Find(reference.Id) ?? Nothing,
        IFieldReferenceOperation field => VisitField(field),
        IPropertyReferenceOperation property => VisitProperty(property),
        IArrayElementReferenceOperation element => VisitElement(element.ArrayReference, element.Indices, element),
        IImplicitIndexerReferenceOperation indexer => VisitElement(indexer.Instance, [indexer.Argument], indexer),
        IInvocationOperation call => VisitCall(call),
        IObjectCreationOperation creation => VisitCreation(creation),
        IArrayCreationOperation array => VisitArray(array),
        ICollectionExpressionOperation collection => VisitCollection(collection),
        IAnonymousObjectCreationOperation creation => VisitAnonymous(creation),
        ITranslatedQueryOperation query => Visit(query.Operation),
        ITupleOperation tuple => VisitTuple(tuple),
        IConversionOperation { OperatorMethod: null } conversion => Visit(conversion.Operand),
        IConversionOperation { OperatorMethod.ContainingType.ContainingNamespace.Name: "System" } conversion => Visit(conversion.Operand), // to a span
        IAwaitOperation awaited => Visit(awaited.Operation),
        IParenthesizedOperation parenthesized => Visit(parenthesized.Operand),
        IDeclarationExpressionOperation declaration => Visit(declaration.Expression),
        ISimpleAssignmentOperation assignment => VisitAssignment(assignment),
        ICompoundAssignmentOperation assignment => VisitCompound(assignment, assignment.Target, assignment.Value),
        IIncrementOrDecrementOperation increment => VisitCompound(increment, increment.Target, value: null),
        IDeconstructionAssignmentOperation deconstruction => VisitDeconstruction(deconstruction),
        IBinaryOperation binary => VisitBinary(binary),
        IIsPatternOperation match => VisitPattern(match),
        IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation or IMethodReferenceOperation } created => VisitFunction(created),
        _ => VisitChildren(operation),
    };

    private ImmutableHashSet<Thing> VisitChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Visit(child);
        return Nothing;
    }

    private ImmutableHashSet<Thing> VisitCapture(IFlowCaptureOperation capture)
    {
        _captured[capture.Id] = capture.Value;
        var things = Visit(capture.Value);
        State = State.With(capture.Id, things);
        if (IsFlag(capture.Value.Type))
            SetFlag(capture.Id, capture.Value, things, keepsOld: false);
        return things;
    }

    // A variable of which nothing else is known names a session by itself
    private ImmutableHashSet<Thing> OwnerOf(ISymbol symbol, ITypeSymbol? type, Thing? otherwise = null) =>
        context.Vocabulary.IsOwner(type)
            ? [new Thing.Owner(new(SessionRootKind.Named, symbol, "", type!.WithNullableAnnotation(NullableAnnotation.None)))]
            : otherwise is null ? Nothing : [otherwise];

    /// <summary>Whether a value of the type has no inside that could change.</summary>
    private static bool IsInert(ITypeSymbol? type) =>
        type is not null
        && (type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime or SpecialType.System_Void
            || type.TypeKind is TypeKind.Enum
            || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && IsInert(inner)));
}
