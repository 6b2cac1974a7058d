using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>Calls: of the session, of the library, of methods whose source is here.</content>
internal sealed partial class FlowInterpreter
{
    private ImmutableHashSet<Thing> VisitCall(IInvocationOperation call)
    {
        if (context.Vocabulary.FindVerb(call) is { } verb)
            return VisitVerb(call, verb);
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction)
            return VisitFunctionCall(call);
        return LibraryMethods.IsFromLibrary(method) || LibraryMethods.FindMutated(method) is not null ? VisitLibraryCall(call) : VisitSourceCall(call);
    }

    private ImmutableHashSet<Thing> VisitLibraryCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var instance = Visit(call.Instance);
        var arguments = VisitArguments(call.Arguments, call.Instance is null ? null : ElementsOf(instance), out var returned);
        var receiver = call.Instance is not null ? instance : arguments.TryGetValue(0, out var first) ? first : Nothing;
        var elements = ElementsOf(LibraryMethods.IsLinq(method.ContainingType) ? arguments.Values.SelectMany(static things => things) : receiver);

        Mutation? mutation = null;
        if (LibraryMethods.FindMutated(method) is { } index)
            mutation = MutateCollection(call, index, arguments);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out, Type.SpecialType: not SpecialType.System_Boolean })
                Assign(argument.Value, mutation is null ? elements : Nothing, call); // what was removed is nobody's
        }


        if (mutation is not null && IsOutcome(method))
            return [new Thing.Outcome(mutation)];
        if (LibraryMethods.IsProjection(method))
            return Make(call.Syntax, method.Name == "SelectMany" ? ElementsOf(returned) : returned);
        if (LibraryMethods.IsPick(method))
            return elements;
        if (LibraryMethods.IsView(method))
            return receiver;
        return mutation is null && IsSequence(method.ReturnType) ? Make(call.Syntax, elements) : Nothing;
    }

    private Mutation MutateCollection(IInvocationOperation call, int index, Dictionary<int, ImmutableHashSet<Thing>> arguments)
    {
        var target = LibraryMethods.TargetOf(call, index);
        var things = target is null ? Nothing : ContainerOf(target);
        var mutation = Mutate(things, TokenOf(call.Syntax), call.TargetMethod.Name, target);
        foreach (var pair in arguments)
        {
            if (pair.Key != index)
                Fill(things, Slot.Element, call.TargetMethod.Name.EndsWith("Range", StringComparison.Ordinal) ? ElementsOf(pair.Value) : pair.Value);
        }

        return mutation;
    }

    // True or more than zero means that it changed something
    private static bool IsOutcome(IMethodSymbol method) =>
        method.ReturnType.SpecialType == SpecialType.System_Boolean
        || (method.ReturnType.SpecialType == SpecialType.System_Int32 && method.Name is "RemoveAll" or "RemoveWhere" or "TryPopRange" or "RemoveRange");

    private static bool IsSequence(ITypeSymbol type) =>
        type.SpecialType != SpecialType.System_String
        && (type is IArrayTypeSymbol
            || type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
            || type.AllInterfaces.Any(static face => face.SpecialType == SpecialType.System_Collections_IEnumerable)
            || type.Name is "IAsyncEnumerable" or "Span" or "ReadOnlySpan" or "Task" or "ValueTask");

    private ImmutableHashSet<Thing> VisitSourceCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var instance = Visit(call.Instance);
        var arguments = VisitArguments(call.Arguments);
        var summary = IsWorthwhile(method, instance, arguments.Values)
            ? context.Summaries.Find(method, depth, cancellationToken)
            : null;
        if (summary is null)
            return context.Vocabulary.IsOwner(call.Type) ? OwnerFrom(call) : Passed(call, arguments);

        var binding = new CallBinding(method, call.Instance, instance, arguments, call);
        var mutated = Nothing;
        foreach (var symbol in summary.Mutated)
        {
            mutated = mutated.Union(symbol is IParameterSymbol
                ? binding.Find(symbol)
                : call.Instance is null ? Nothing : ContainerOf(call.Instance));
        }

        // The method whose own object this is changes it there, and not once more here
        if (!mutated.IsEmpty)
            Mutate(mutated, TokenOf(call.Syntax), method.Name, call.Instance ?? call.Arguments.FirstOrDefault()?.Value);
        Mark(summary.Marked.SelectMany(binding.Map));
        Settle(summary.Settled.SelectMany(binding.Map));
        var returned = Returned(binding, summary, call);
        return context.Vocabulary.IsOwner(call.Type) && !returned.Any(static thing => thing is Thing.Owner) ? OwnerFrom(call) : returned;
    }

    private ImmutableHashSet<Thing>? Summarize(IPropertyReferenceOperation property)
    {
        if (property.Property.GetMethod is not { DeclaringSyntaxReferences.IsEmpty: false } getter)
            return null;
        var instance = Visit(property.Instance);
        if (!IsWorthwhile(getter, instance, []) || context.Summaries.Find(getter, depth, cancellationToken) is not { } summary)
            return null;
        var binding = new CallBinding(getter, property.Instance, instance, VisitArguments(property.Arguments), property);
        var returned = Returned(binding, summary, property);
        return context.Vocabulary.IsOwner(property.Type) && !returned.Any(static thing => thing is Thing.Owner) ? null : returned;
    }

    private ImmutableHashSet<Thing> Returned(CallBinding binding, MethodSummary summary, IOperation call)
    {
        var returned = binding.Map(summary.Returned);
        return summary.Returned.Any(static thing => thing is Thing.Made) ? returned.Union(Make(call.Syntax, binding.Map(summary.Elements))) : returned;
    }

    // Most calls have nothing to do with sessions, and their methods are not looked into
    private bool IsWorthwhile(IMethodSymbol method, ImmutableHashSet<Thing> instance, IEnumerable<ImmutableHashSet<Thing>> arguments) =>
        !method.DeclaringSyntaxReferences.IsEmpty
        && (context.Vocabulary.HoldsOwner(method.ContainingType)
            || IsTouched(instance)
            || arguments.Any(IsTouched));

    private bool IsTouched(ImmutableHashSet<Thing> things) =>
        things.Any(thing => thing is Thing.Stored or Thing.Owner || State.PlacesOf(thing).Any() || (thing is Thing.Given && depth < MethodSummaries.MaxDepth));

    // A library's method that is known for nothing else gives at most what it got: Task.FromResult, Volatile.Read
    private static ImmutableHashSet<Thing> Passed(IInvocationOperation call, Dictionary<int, ImmutableHashSet<Thing>> arguments) =>
        call.TargetMethod is { Name: "Read" or "As" or "FromResult", IsStatic: true } && arguments.TryGetValue(0, out var things) ? things : Nothing;

    private Dictionary<int, ImmutableHashSet<Thing>> VisitArguments(IEnumerable<IArgumentOperation> arguments, ImmutableHashSet<Thing>? bound = null) =>
        VisitArguments(arguments, bound, out _);

    /// <summary>Visits arguments in their order; a lambda among them takes the bound objects, else the first argument's elements.</summary>
    private Dictionary<int, ImmutableHashSet<Thing>> VisitArguments(
        IEnumerable<IArgumentOperation> arguments, ImmutableHashSet<Thing>? bound, out ImmutableHashSet<Thing> returned)
    {
        var visited = new Dictionary<int, ImmutableHashSet<Thing>>();
        returned = Nothing;
        foreach (var argument in arguments)
        {
            var ordinal = argument.Parameter?.Ordinal ?? visited.Count;
            if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out })
            {
                visited[ordinal] = VisitReference(argument);
            }
            else if (FunctionOf(argument.Value) is { } function)
            {
                var called = (argument.Parent as IInvocationOperation)?.TargetMethod;
                var isSequence = called is { IsStatic: true } && LibraryMethods.IsFromLibrary(called);
                var given = bound ?? (isSequence && visited.TryGetValue(0, out var first) ? ElementsOf(first) : null);
                returned = returned.Union(Run(function, given, isSure: bound is not null && context.Vocabulary.IsOwner(called?.ContainingType)));
                visited[ordinal] = [function];
            }
            else
            {
                visited[ordinal] = Visit(argument.Value);
            }
        }

        return visited;
    }

    // Who gets a reference to a member may assign it
    private ImmutableHashSet<Thing> VisitReference(IArgumentOperation argument)
    {
        var value = argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value;
        if (value is IFieldReferenceOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation or IInvocationOperation)
            Assign(value, Nothing, argument);
        var things = Visit(value);
        Hold(value, Nothing);
        return things;
    }
}
