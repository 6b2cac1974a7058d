using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>Patterns, flags, and what a branch tells: <c>if (set.Add(x)) session.Modified = true;</c> loses nothing.</content>
internal sealed partial class FlowInterpreter
{
    /// <summary>The state on the branch that is taken when the condition is so.</summary>
    public FlowState Assume(FlowState state, IOperation condition, bool isTrue)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Assume(state, not.Operand, !isTrue);
            case IConversionOperation conversion:
                return Assume(state, conversion.Operand, isTrue);
            case IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: { } constant } } binary
                when IsAffirmed(binary.OperatorKind, constant) is { } affirmed:
                return Assume(state, binary.LeftOperand, isTrue == affirmed);
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool constant } } } match:
                return Assume(state, match.Value, isTrue == constant);
            case IIsPatternOperation { Pattern: IRelationalPatternOperation { Value.ConstantValue: { HasValue: true, Value: { } constant } } relation } match
                when IsAffirmed(relation.OperatorKind, constant) is { } affirmed:
                return Assume(state, match.Value, isTrue == affirmed);
            case IIsNullOperation test when isTrue:
                return WithoutOwners(state, test.Operand is IFlowCaptureReferenceOperation tested ? state.Find(tested.Id) : null);
        }

        if (FlagOf(condition) is { } flag && !isTrue)
        {
            foreach (var guard in state.Guards.Where(guard => guard.Mutation is not null && guard.Flag.Equals(flag)))
                state = state.Without(guard.Mutation!);
        }

        foreach (var thing in _conditions.TryGetValue(condition, out var things) ? things : Nothing)
        {
            state = thing switch
            {
                Thing.Outcome outcome when !isTrue => state.Without(outcome.Mutation),
                Thing.Mark mark when isTrue && things.Count == 1 => WithMark(state, mark.Root),
                _ => state,
            };
        }

        return state;
    }

    // A session that is not there has lost nothing
    private static FlowState WithoutOwners(FlowState state, ImmutableHashSet<Thing>? missing) => missing is null ? state : state with
    {
        Losses = state.Losses.RemoveRange(state.Losses.Keys.Where(loss => missing.Contains(new Thing.Owner(loss.Place.Root)))),
    };

    private FlowState WithMark(FlowState state, SessionRoot root)
    {
        var before = State;
        State = state;
        Mark([root]);
        var marked = State;
        State = before;
        return marked;
    }

    // Whether the comparison holds where the left side is true, or more than zero; null when it says neither
    private static bool? IsAffirmed(BinaryOperatorKind kind, object constant) => (kind, constant) switch
    {
        (BinaryOperatorKind.Equals, bool value) => value,
        (BinaryOperatorKind.NotEquals, bool value) => !value,
        (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) => true,
        (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1) => false,
        _ => null,
    };

    private static object? FlagOf(IOperation operation) =>
        operation is IFlowCaptureReferenceOperation reference ? reference.Id : SymbolOf(operation);

    private static bool IsFlag(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 };

    /// <summary>Learns what a flag tells of the mutations so far from what it is set to.</summary>
    /// <param name="flag">The variable or capture.</param>
    /// <param name="source">What it is set to, or what is added to it; null where that is true or more than zero.</param>
    /// <param name="value">What the source may give.</param>
    /// <param name="keepsOld">Whether the flag stays set where it was.</param>
    private void SetFlag(object flag, IOperation? source, ImmutableHashSet<Thing> value, bool keepsOld)
    {
        var told = value.OfType<Thing.Outcome>().Select(outcome => new Guard(flag, outcome.Mutation));
        if (source is null or { ConstantValue: { HasValue: true, Value: true } })
            told = State.Losses.Keys.Select(loss => new Guard(flag, loss.Mutation)).Append(new(flag, Mutation: null));
        else if (FlagOf(source) is { } other)
            told = told.Concat(State.Guards.Where(guard => guard.Flag.Equals(other)).Select(guard => guard with { Flag = flag }));
        var kept = keepsOld ? State.Guards : State.Guards.RemoveAll(guard => guard.Flag.Equals(flag));
        State = State with { Guards = kept.Union(told.ToArray()) };
    }

    // Either operand may tell: a | b, a + b
    private ImmutableHashSet<Thing> VisitBinary(IBinaryOperation binary)
    {
        var outcomes = Visit(binary.LeftOperand).Union(Visit(binary.RightOperand));
        return binary.OperatorKind is BinaryOperatorKind.Or or BinaryOperatorKind.Add && IsFlag(binary.Type)
            ? outcomes.RemoveAll(static thing => thing is not Thing.Outcome)
            : Nothing;
    }

    private ImmutableHashSet<Thing> VisitPattern(IIsPatternOperation match)
    {
        Bind(match.Pattern, Visit(match.Value));
        return Nothing;
    }

    private void Bind(IPatternOperation pattern, ImmutableHashSet<Thing> value)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation declaration:
                Bind(declaration.DeclaredSymbol, declaration.NarrowedType, value);
                break;
            case IRecursivePatternOperation recursive:
                Bind(recursive.DeclaredSymbol, recursive.NarrowedType, value);
                for (var i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
                    Bind(recursive.DeconstructionSubpatterns[i], PartOf(value, $"Item{i + 1}"));
                foreach (var property in recursive.PropertySubpatterns)
                    Bind(property.Pattern, PartOf(value, property.Member is IMemberReferenceOperation member ? member.Member.Name : ""));
                break;
            case IListPatternOperation list:
                Bind(list.DeclaredSymbol, list.NarrowedType, value);
                foreach (var element in list.Patterns)
                    Bind(element, ElementsOf(value));
                break;
            case ISlicePatternOperation { Pattern: { } slice }:
                Bind(slice, Make(slice.Syntax, value));
                break;
            case IBinaryPatternOperation binary:
                Bind(binary.LeftPattern, value);
                Bind(binary.RightPattern, value);
                break;
            case INegatedPatternOperation negated:
                Bind(negated.Pattern, value);
                break;
        }
    }

    private void Bind(ISymbol? symbol, ITypeSymbol type, ImmutableHashSet<Thing> value)
    {
        // A session under another name stays itself; one that nothing is known of gets a name here
        if (symbol is not null && !(value.IsEmpty && context.Vocabulary.IsOwner(type)))
            State = State.With(symbol, IsInert(type) ? Nothing : value);
    }
}
