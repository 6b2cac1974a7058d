using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>Members, elements and new objects.</content>
internal sealed partial class FlowInterpreter
{
    private ImmutableHashSet<Thing> VisitField(IFieldReferenceOperation field)
    {
        if (field.Instance is null or IInstanceReferenceOperation && State.Find(field.Field) is { } known)
            return known;
        if (context.Vocabulary.IsOwner(field.Type))
            return NamedMember(field.Field, field.Instance, field.Type!);
        return field.Instance is null
            ? [new Thing.Given(field.Field)]
            : PartOf(Visit(field.Instance), (field.Field.CorrespondingTupleField ?? field.Field).Name);
    }

    private ImmutableHashSet<Thing> VisitProperty(IPropertyReferenceOperation property)
    {
        if (context.Vocabulary.FindKey(property) is { } key)
        {
            VisitArguments(property.Arguments);
            return StoredIn(PlacesOf(property, property.Instance, key.Key), isWhole: key.Name == "[]");
        }

        var name = property.Property.Name;
        if (context.Vocabulary.IsOwner(property.Property.ContainingType) && name is "Session" or "Modified")
        {
            var roots = RootsOf(property.Instance);
            if (name == "Modified")
                return [.. roots.Select(static root => new Thing.Mark(root))];
            if (context.Vocabulary.IsSession(property.Type))
                return [.. roots.Select(static root => new Thing.Owner(root))];
        }

        if (property.Instance is null or IInstanceReferenceOperation && State.Find(property.Property) is { } known)
            return known;
        if (Summarize(property) is { } returned)
            return returned;
        if (context.Vocabulary.IsOwner(property.Type))
            return NamedMember(property.Property, property.Instance, property.Type!);
        if (property.Instance is null)
            return [new Thing.Given(property.Property)];
        var instance = Visit(property.Instance);
        VisitArguments(property.Arguments);
        if (property.Property.IsIndexer)
            return ElementsOf(instance);
        return IsFromLibrary(property.Property) ? ViewOf(instance, name) : PartOf(instance, name);
    }

    private static bool IsFromLibrary(IPropertySymbol property) =>
        property.GetMethod is { } getter && LibraryMethods.IsFromLibrary(getter);

    // An enumerator, a dictionary's values and the like show the collection that they belong to
    private ImmutableHashSet<Thing> ViewOf(ImmutableHashSet<Thing> things, string name) =>
        name is "Values" or "Keys" or "Span" or "List" or "Array" ? things : ElementsOf(things);

    private ImmutableHashSet<Thing> VisitElement(IOperation collection, ImmutableArray<IOperation> indices, IOperation element)
    {
        var things = Visit(collection);
        foreach (var index in indices)
            Visit(index);
        return indices is [{ Type: { Name: "Range", ContainingNamespace.Name: "System" } }]
            ? collection.Type is { Name: "Span" or "Memory" } ? things : Make(element.Syntax, ElementsOf(things))
            : ElementsOf(things);
    }

    private ImmutableHashSet<Thing> VisitCreation(IObjectCreationOperation creation)
    {
        var arguments = VisitArguments(creation.Arguments);
        if (context.Vocabulary.IsOwner(creation.Type))
        {
            ImmutableHashSet<Thing> owners = [.. arguments.Values.SelectMany(static things => things).Where(static thing => thing is Thing.Owner)];
            return owners.IsEmpty ? [new Thing.Owner(Created(creation))] : owners;
        }

        // Spans and segments show what they are made of; a collection made of another has its elements
        if (creation.Type is { Name: "Span" or "Memory" or "ArraySegment" } && arguments.TryGetValue(0, out var shown))
            return shown;
        var isCollection = creation.Constructor is { } constructor && LibraryMethods.IsFromLibrary(constructor);
        var made = Make(creation.Syntax, isCollection ? ElementsOf(arguments.Values.SelectMany(static things => things)) : Nothing);
        if (!isCollection)
        {
            foreach (var argument in creation.Arguments.Where(static argument => argument.Parameter is not null))
            {
                if (creation.Type?.GetMembers(Capitalize(argument.Parameter!.Name)).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
                    Fill(made, property.Name, arguments[argument.Parameter.Ordinal]);
            }
        }

        return made;
    }

    private static string Capitalize(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    private ImmutableHashSet<Thing> VisitArray(IArrayCreationOperation array)
    {
        var elements = array.Initializer?.ElementValues.Select(Visit).Aggregate(Nothing, static (all, things) => all.Union(things)) ?? Nothing;
        return Make(array.Syntax, elements);
    }

    private ImmutableHashSet<Thing> VisitCollection(ICollectionExpressionOperation collection)
    {
        var elements = Nothing;
        foreach (var element in collection.Elements)
            elements = elements.Union(element is ISpreadOperation spread ? ElementsOf(Visit(spread.Operand)) : Visit(element));
        return Make(collection.Syntax, elements);
    }

    private ImmutableHashSet<Thing> VisitTuple(ITupleOperation tuple)
    {
        var elements = tuple.Elements.Select(Visit).ToArray();
        var made = Make(tuple.Syntax, Nothing);
        for (var i = 0; i < elements.Length; i++)
            Fill(made, $"Item{i + 1}", elements[i]);
        return made;
    }

    private ImmutableHashSet<Thing> VisitAnonymous(IAnonymousObjectCreationOperation creation)
    {
        var made = Make(creation.Syntax, Nothing);
        foreach (var assignment in creation.Initializers.OfType<ISimpleAssignmentOperation>())
        {
            var value = Visit(assignment.Value);
            if (assignment.Target is IPropertyReferenceOperation property)
                Fill(made, property.Property.Name, value);
        }

        return made;
    }

    /// <summary>A new object; what an earlier round of a loop has made here is another one.</summary>
    private ImmutableHashSet<Thing> Make(SyntaxNode site, ImmutableHashSet<Thing> elements)
    {
        var made = new Thing.Made(site);
        State = State with
        {
            Stored = State.Stored.Remove(made).Remove(made.Part!),
            Held = State.Held.RemoveRange(State.Held.Keys.Where(key => key is Slot slot && slot.Owner.Whole.Equals(made))),
        };
        Fill([made], Slot.Element, elements);
        return [made];
    }

    private void Fill(ImmutableHashSet<Thing> owners, string member, ImmutableHashSet<Thing> content)
    {
        content = content.RemoveAll(static thing => thing is Thing.Outcome or Thing.Mark or Thing.Function);
        if (content.IsEmpty)
            return;
        foreach (var owner in owners.Where(static owner => owner is Thing.Made or Thing.Given))
        {
            var slot = new Slot(owner, member);
            State = State.With(slot, (State.Find(slot) ?? Nothing).Union(content.Remove(owner)));
        }
    }

    private ImmutableHashSet<Thing> ElementsOf(IEnumerable<Thing> things) => PartOf(things, Slot.Element);

    /// <summary>What a member of the objects may hold: what was put there, else a part of the object itself.</summary>
    private ImmutableHashSet<Thing> PartOf(IEnumerable<Thing> things, string member)
    {
        var parts = Nothing;
        foreach (var thing in things)
        {
            if (State.Find(new Slot(thing, member)) is { } content)
                parts = parts.Union(content);
            else if (thing.Part is { } part)
                parts = parts.Add(part);
        }

        return parts;
    }

    private static ImmutableHashSet<Thing> StoredIn(IEnumerable<Place> places, bool isWhole = true) =>
        [.. places.Select(place => new Thing.Stored(place, isWhole))];
}
