using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Says a method's summary in the terms of one of its callers.</summary>
internal sealed class CallBinding(
    IMethodSymbol method,
    IOperation? receiver,
    ImmutableHashSet<Thing> instance,
    IReadOnlyDictionary<int, ImmutableHashSet<Thing>> arguments,
    IOperation call)
{
    /// <summary>What the caller gives for the parameter, or for the method's own object.</summary>
    public ImmutableHashSet<Thing> Find(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter when IsOfMethod(parameter) => arguments.TryGetValue(parameter.Ordinal, out var things) ? things : [],
        ITypeSymbol => instance,
        IParameterSymbol { ContainingSymbol: ITypeSymbol } => // of an extension block
            instance.IsEmpty && arguments.TryGetValue(0, out var first) ? first : instance,
        _ => [new Thing.Given(symbol)],
    };

    public ImmutableHashSet<Thing> Map(IEnumerable<Thing> things) => [.. things.SelectMany(Map)];

    public IEnumerable<Place> Map(Place place) => Map(place.Root).Select(root => new Place(root, place.Key));

    public IEnumerable<SessionRoot> Map(SessionRoot root) => root switch
    {
        { Kind: SessionRootKind.Request } => [root with { Identity = null }],
        { Kind: SessionRootKind.Created } => [root with { Identity = call.Syntax }],
        { Identity: IParameterSymbol parameter } when IsOfMethod(parameter) => OwnersIn(Find(parameter)),
        { Identity: ITypeSymbol } => OwnersIn(instance),
        _ when receiver is null or IInstanceReferenceOperation => [root],
        _ => [root with { Path = $"{receiver.Syntax}.{root.Path}" }], // a session of the object that the method is called on
    };

    private static IEnumerable<SessionRoot> OwnersIn(IEnumerable<Thing> things) => things.OfType<Thing.Owner>().Select(static owner => owner.Root);

    private IEnumerable<Thing> Map(Thing thing) => thing switch
    {
        Thing.Given { IsPart: true } part => Find(part.Symbol).Select(static given => given.Part).OfType<Thing>(),
        Thing.Given given => Find(given.Symbol),
        Thing.Owner owner => Map(owner.Root).Select(static root => new Thing.Owner(root)),
        Thing.Stored stored => Map(stored.Place).Select(place => stored with { Place = place }),
        _ => [],
    };

    // A parameter of a primary constructor is the type's, and is the same one in all its methods
    private bool IsOfMethod(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: not MethodKind.Constructor }
        && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, (method.ReducedFrom ?? method).OriginalDefinition);
}
