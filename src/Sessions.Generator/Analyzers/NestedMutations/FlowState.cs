using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What is known at one point of a member: what may be held where, what may be lost, and what is surely saved.</summary>
/// <param name="Held">What variables, captures and the slots of objects may hold.</param>
/// <param name="Stored">Where objects were put that did not come out of a session.</param>
/// <param name="Losses">The mutations made so far on some path; true for those that no mark saves.</param>
/// <param name="Marked">The sessions that are marked on every path.</param>
/// <param name="Settled">The places that are written or emptied on every path.</param>
/// <param name="Guards">What flags tell of mutations.</param>
internal sealed record FlowState(
    ImmutableDictionary<object, ImmutableHashSet<Thing>> Held,
    ImmutableDictionary<Thing, ImmutableHashSet<Place>> Stored,
    ImmutableDictionary<Loss, bool> Losses,
    ImmutableHashSet<SessionRoot> Marked,
    ImmutableHashSet<Place> Settled,
    ImmutableHashSet<Guard> Guards)
{
    public static FlowState Empty { get; } = new(
        ImmutableDictionary<object, ImmutableHashSet<Thing>>.Empty,
        ImmutableDictionary<Thing, ImmutableHashSet<Place>>.Empty,
        ImmutableDictionary<Loss, bool>.Empty,
        [],
        [],
        []);

    public static FlowState? Join(FlowState? one, FlowState? two)
    {
        if (one is null || two is null || ReferenceEquals(one, two))
            return one ?? two;
        return one with
        {
            Held = Merge(one.Held, two.Held, static (a, b) => a.Union(b)),
            Stored = Merge(one.Stored, two.Stored, static (a, b) => a.Union(b)),
            Losses = Merge(one.Losses, two.Losses, static (a, b) => a || b),
            Marked = one.Marked.Intersect(two.Marked),
            Settled = one.Settled.Intersect(two.Settled),
            Guards = [.. one.Guards.Union(two.Guards).Where(guard => one.Implies(guard) && two.Implies(guard))],
        };
    }

    /// <summary>Whether the two say the same.</summary>
    public bool Matches(FlowState other) =>
        AreEqual(Held, other.Held, static (a, b) => a.SetEquals(b))
        && AreEqual(Stored, other.Stored, static (a, b) => a.SetEquals(b))
        && AreEqual(Losses, other.Losses, static (a, b) => a == b)
        && Marked.SetEquals(other.Marked)
        && Settled.SetEquals(other.Settled)
        && Guards.SetEquals(other.Guards);

    public ImmutableHashSet<Thing>? Find(object variable) => Held.TryGetValue(variable, out var things) ? things : null;

    public FlowState With(object variable, ImmutableHashSet<Thing> things) => this with { Held = Held.SetItem(variable, things) };

    /// <summary>Where the object is kept: where it came from, and where it was put.</summary>
    public IEnumerable<Place> PlacesOf(Thing thing) =>
        thing is Thing.Stored stored ? [stored.Place]
        : thing.Whole.Equals(thing) ? PutTo(thing)
        : PutTo(thing).Concat(PutTo(thing.Whole));

    /// <summary>Forgets the mutation: on this path it changed nothing.</summary>
    public FlowState Without(Mutation mutation) =>
        this with { Losses = Losses.RemoveRange(Losses.Keys.Where(loss => loss.Mutation.Equals(mutation))) };

    public bool MayHaveLost(Mutation mutation) => Losses.Keys.Any(loss => loss.Mutation.Equals(mutation));

    private ImmutableHashSet<Place> PutTo(Thing thing) => Stored.TryGetValue(thing, out var places) ? places : [];

    private bool Implies(Guard guard) =>
        Guards.Contains(guard)
        || (guard.Mutation is { } mutation && (Guards.Contains(new(guard.Flag, Mutation: null)) || !MayHaveLost(mutation)));

    private static ImmutableDictionary<TKey, TValue> Merge<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> one, ImmutableDictionary<TKey, TValue> two, Func<TValue, TValue, TValue> merge)
        where TKey : notnull
    {
        if (ReferenceEquals(one, two))
            return one;
        var merged = one.ToBuilder();
        foreach (var pair in two)
            merged[pair.Key] = merged.TryGetValue(pair.Key, out var value) ? merge(value, pair.Value) : pair.Value;
        return merged.ToImmutable();
    }

    private static bool AreEqual<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> one, ImmutableDictionary<TKey, TValue> two, Func<TValue, TValue, bool> areEqual)
        where TKey : notnull =>
        ReferenceEquals(one, two)
        || (one.Count == two.Count && one.All(pair => two.TryGetValue(pair.Key, out var value) && areEqual(pair.Value, value)));
}
