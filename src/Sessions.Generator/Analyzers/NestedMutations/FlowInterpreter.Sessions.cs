using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>Sessions and their places: what is read, put, marked and emptied.</content>
internal sealed partial class FlowInterpreter
{
    private ImmutableHashSet<SessionRoot> RootsOf(IOperation? owner)
    {
        if (owner is null)
            return [];
        ImmutableHashSet<SessionRoot> roots = [.. Visit(owner).OfType<Thing.Owner>().Select(static thing => thing.Root)];
        return roots.IsEmpty ? [Named(symbol: null, owner, owner.Type)] : roots;
    }

    private IEnumerable<Place> PlacesOf(IOperation access, IOperation? owner, object? key) =>
        [.. RootsOf(owner).Select(root => new Place(root, key) { Access = access })];

    private ImmutableHashSet<Thing> NamedMember(ISymbol symbol, IOperation? instance, ITypeSymbol type)
    {
        Visit(instance);
        var root = instance is null or IInstanceReferenceOperation
            ? new(SessionRootKind.Named, symbol, "", type.WithNullableAnnotation(NullableAnnotation.None))
            : Named(symbol, instance, type);
        return [new Thing.Owner(root)];
    }

    private static SessionRoot Named(ISymbol? symbol, IOperation expression, ITypeSymbol? type) =>
        new(SessionRootKind.Named, symbol, expression.Syntax.ToString(), type?.WithNullableAnnotation(NullableAnnotation.None));

    private static SessionRoot Created(IOperation site) => new(SessionRootKind.Created, site.Syntax, "", site.Type);

    private ImmutableHashSet<Thing> VisitVerb(IInvocationOperation call, SessionVerb verb)
    {
        var places = PlacesOf(call, call.Instance, verb.Key);
        if (verb.Name == "Mutate")
        {
            VisitArguments(call.Arguments, bound: StoredIn(places));
            Settle(places);
            return Nothing;
        }

        var arguments = VisitArguments(call.Arguments);
        var value = arguments.TryGetValue(call.Arguments.Length - 1, out var last) ? last : Nothing;
        switch (verb.Name)
        {
            case "Get" or "GetRequired":
                return StoredIn(places);
            case "SetDefault":
                Put(places, value);
                return StoredIn(places);
            case "TryGet" when call.Arguments.LastOrDefault() is { } target:
                Assign(target.Value, StoredIn(places), call);
                return Nothing;
            case "Set":
                Write(places, value);
                return Nothing;
            case "Remove" or "Pop":
                Empty(places);
                return Nothing;
            case "Clear" or "Flush":
                Empty(places.Select(static place => place with { Key = null }));
                return Nothing;
            case "Update":
                Settle(places);
                Put(places, value);
                return Nothing;
            default:
                return Nothing;
        }
    }

    /// <summary>A session or shape that a call gives.</summary>
    private static ImmutableHashSet<Thing> OwnerFrom(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var root = method.Name switch
        {
            "GetSession" => new(SessionRootKind.Request, SymbolOf(call.Instance ?? call.Arguments.FirstOrDefault()?.Value), "", call.Type),
            "GetRequiredService" or "GetService" or "GetRequiredKeyedService" or "BindAsync" => new(SessionRootKind.Request, Identity: null, "", call.Type),
            _ when method.DeclaringSyntaxReferences.IsEmpty => Created(call),
            _ => new SessionRoot(
                SessionRootKind.Named, method.OriginalDefinition, call.Arguments.Length == 0 ? "" : call.Syntax.ToString(), call.Type),
        };
        return [new Thing.Owner(root)];
    }

    private static ISymbol? SymbolOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IConversionOperation conversion => SymbolOf(conversion.Operand),
        _ => null,
    };

    private void Mark(IEnumerable<SessionRoot> roots)
    {
        var marked = roots.ToArray();
        State = State with
        {
            Marked = State.Marked.Union(marked),
            Losses = State.Losses.SetItems(State.Losses
                .Where(loss => loss.Value && marked.Any(root => root.MayBe(loss.Key.Place.Root)))
                .Select(static loss => new KeyValuePair<Loss, bool>(loss.Key, false))),
        };
    }

    private void Unmark(IEnumerable<SessionRoot> roots)
    {
        var unmarked = roots.ToArray();
        State = State with
        {
            Marked = State.Marked.Except(unmarked),
            Losses = State.Losses.SetItems(State.Losses
                .Where(loss => !loss.Value && unmarked.Contains(loss.Key.Place.Root))
                .Select(static loss => new KeyValuePair<Loss, bool>(loss.Key, true))),
        };
    }

    /// <summary>What is in the places now is what the session stores, or nothing.</summary>
    private void Settle(IEnumerable<Place> places)
    {
        var settled = places.ToArray();
        State = State with
        {
            Settled = State.Settled.Union(settled),
            Losses = State.Losses.RemoveRange(State.Losses.Keys.Where(loss => settled.Any(loss.Place.MayBe))),
        };
    }

    private void Write(IEnumerable<Place> places, ImmutableHashSet<Thing> value)
    {
        if (!Reachable(value).OfType<Thing.Stored>().Any(stored => places.Any(stored.Place.MayBe)))
            Detach(places);
        Settle(places);
        Put(places, value);
    }

    private void Empty(IEnumerable<Place> places)
    {
        Settle(places);
        Detach(places);
    }

    // What came out of the places before is nobody's any more
    private void Detach(IEnumerable<Place> places)
    {
        var left = places.ToArray();
        bool IsLeft(Place place) => left.Any(place.MayBe);
        State = State with
        {
            Held = State.Held.SetItems(State.Held
                .Where(pair => pair.Value.Any(thing => thing is Thing.Stored stored && IsLeft(stored.Place)))
                .Select(pair => new KeyValuePair<object, ImmutableHashSet<Thing>>(
                    pair.Key, pair.Value.RemoveAll(thing => thing is Thing.Stored stored && IsLeft(stored.Place))))),
            Stored = State.Stored.SetItems(State.Stored.Select(pair =>
                new KeyValuePair<Thing, ImmutableHashSet<Place>>(pair.Key, pair.Value.RemoveAll(IsLeft)))),
        };
    }

    // An object of a session stays where it is kept: that it is now kept twice is not this rule's business
    private void Put(IEnumerable<Place> places, ImmutableHashSet<Thing> value)
    {
        foreach (var thing in Reachable(value).Where(static thing => thing is Thing.Made or Thing.Given))
        {
            var known = State.Stored.TryGetValue(thing, out var found) ? found : [];
            State = State with { Stored = State.Stored.SetItem(thing, known.Union(places)) };
        }
    }

    private HashSet<Thing> Reachable(IEnumerable<Thing> value)
    {
        var reached = new HashSet<Thing>();
        var open = new Stack<Thing>(value);
        while (open.Count > 0)
        {
            var thing = open.Pop();
            if (!reached.Add(thing))
                continue;
            foreach (var pair in State.Held)
            {
                if (pair.Key is Slot slot && slot.Owner.Equals(thing))
                {
                    foreach (var content in pair.Value)
                        open.Push(content);
                }
            }
        }

        return reached;
    }
}
