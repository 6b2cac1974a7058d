using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>Mutations, and what a report needs to know of them.</content>
internal sealed partial class FlowInterpreter
{
    private Mutation Mutate(ImmutableHashSet<Thing> things, SyntaxNode token, string name, IOperation? target)
    {
        var places = things.SelectMany(State.PlacesOf).ToArray();
        var mutation = new Mutation(token, name) { Variable = places.Length == 0 ? null : FindWhole(target, places) };
        foreach (var given in things.OfType<Thing.Given>())
            Mutated = Mutated.Add(given.Symbol);
        if (places.Length == 0)
            return mutation;

        KeepEarlier(mutation);
        State = State with
        {
            Losses = State.Losses.SetItems(places.Select(place => new KeyValuePair<Loss, bool>(
                new(mutation, place), !State.Marked.Any(root => root.MayBe(place.Root))))),
            Guards = State.Guards.RemoveAll(guard => guard.Mutation?.Equals(mutation) == true)
                .Union(State.Guards.Where(static guard => guard.Mutation is null).Select(guard => guard with { Mutation = mutation })),
        };
        return mutation;
    }

    private void KeepEarlier(Mutation mutation)
    {
        var earlier = mutation with { IsEarlier = true };
        var isGuarded = !State.MayHaveLost(earlier);
        foreach (var loss in State.Losses.Where(loss => loss.Key.Mutation.Equals(mutation)))
        {
            var kept = loss.Key with { Mutation = earlier };
            State = State with { Losses = State.Losses.SetItem(kept, loss.Value || (State.Losses.TryGetValue(kept, out var isLost) && isLost)) };
        }

        bool IsTold(Guard guard) => guard.Mutation?.Equals(mutation) == true
            && (isGuarded || State.Guards.Contains(guard with { Mutation = earlier }));
        if (State.MayHaveLost(mutation))
        {
            State = State with
            {
                Guards = State.Guards.RemoveAll(guard => guard.Mutation?.Equals(earlier) == true)
                    .Union(State.Guards.Where(IsTold).Select(guard => guard with { Mutation = earlier })),
            };
        }
    }

    /// <summary>The variable at the root of the expression, where it holds all that is under a key: a fix can assign it back.</summary>
    private string? FindWhole(IOperation? target, Place[] places)
    {
        for (var current = target; current is not null; current = Inner(current))
        {
            if (current is not (ILocalReferenceOperation or IParameterReferenceOperation))
                continue;
            var isWhole = Visit(current).All(static thing =>
                thing is Thing.Stored { IsWhole: true } or Thing.Made { IsPart: false } or Thing.Given { IsPart: false });
            return isWhole && places.Length == 1 ? SymbolOf(current)!.Name : null;
        }

        return null;
    }

    private IOperation? Inner(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => property.Instance,
        IFieldReferenceOperation field => field.Instance,
        IArrayElementReferenceOperation element => element.ArrayReference,
        IImplicitIndexerReferenceOperation indexer => indexer.Instance,
        IConversionOperation conversion => conversion.Operand,
        IFlowCaptureReferenceOperation reference => _captured.TryGetValue(reference.Id, out var captured) ? captured : null,
        IInvocationOperation call => call.Instance ?? call.Arguments.FirstOrDefault()?.Value,
        _ => null,
    };
}
