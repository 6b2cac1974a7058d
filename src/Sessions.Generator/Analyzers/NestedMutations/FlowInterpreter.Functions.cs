using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <content>Lambdas and local functions: they are a part of the member that they stand in.</content>
internal sealed partial class FlowInterpreter
{
    private const int MaxNesting = 8;

    private readonly HashSet<IMethodSymbol> _running = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Runs the local functions that nobody has called: somebody else may.</summary>
    public void RunUncalled(ControlFlowGraph graph)
    {
        foreach (var function in graph.LocalFunctions)
        {
            if (!_seen.Contains(function))
                Run(new(function, graph.GetLocalFunctionControlFlowGraph(function)), given: null, isSure: false);
        }
    }

    // The function may run at once, later, or not at all
    private ImmutableHashSet<Thing> VisitFunction(IDelegateCreationOperation creation)
    {
        if (FunctionOf(creation) is not { } function)
            return VisitChildren(creation);
        Run(function, given: null, isSure: false);
        return [function];
    }

    private Thing.Function? FunctionOf(IOperation? operation) => operation switch
    {
        IConversionOperation conversion => FunctionOf(conversion.Operand),
        IDelegateCreationOperation creation => FunctionOf(creation.Target),
        IFlowAnonymousFunctionOperation lambda => new(lambda.Symbol, _graph.GetAnonymousFunctionControlFlowGraphInScope(lambda)),
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } method } => LocalFunction(method),
        _ => null,
    };

    private static ImmutableHashSet<Thing> Single(Thing? thing) => thing is null ? Nothing : [thing];

    // Half-written code may call one that is not in scope
    private Thing.Function? LocalFunction(IMethodSymbol method)
    {
        var function = method.OriginalDefinition;
        for (var graph = _graph; graph is not null; graph = graph.Parent)
        {
            if (graph.LocalFunctions.Contains(function, SymbolEqualityComparer.Default))
                return new(function, graph.GetLocalFunctionControlFlowGraph(function));
        }

        return null;
    }

    private ImmutableHashSet<Thing> VisitFunctionCall(IInvocationOperation call)
    {
        var called = call.TargetMethod.MethodKind == MethodKind.LocalFunction ? Single(LocalFunction(call.TargetMethod)) : Visit(call.Instance);
        var functions = called.OfType<Thing.Function>().ToArray();
        var arguments = VisitArguments(call.Arguments);
        var returned = Nothing;
        foreach (var function in functions)
        {
            foreach (var parameter in function.Symbol.Parameters)
            {
                if (arguments.TryGetValue(parameter.Ordinal, out var things))
                    State = State.With(parameter, things);
            }

            returned = returned.Union(Run(function, isSure: functions.Length == 1));
            foreach (var argument in call.Arguments.Where(static argument => argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out }))
            {
                if (State.Find(function.Symbol.Parameters[argument.Parameter!.Ordinal]) is { } things)
                    Hold(argument.Value, things);
            }
        }

        return context.Vocabulary.IsOwner(call.Type) && !returned.Any(static thing => thing is Thing.Owner) ? OwnerFrom(call) : returned;
    }

    private ImmutableHashSet<Thing> Run(Thing.Function function, ImmutableHashSet<Thing>? given, bool isSure)
    {
        foreach (var parameter in function.Symbol.Parameters)
        {
            State = given is not null && !IsInert(parameter.Type)
                ? State.With(parameter, given)
                : State with { Held = State.Held.Remove(parameter) };
        }

        return Run(function, isSure);
    }

    private ImmutableHashSet<Thing> Run(Thing.Function function, bool isSure)
    {
        _seen.Add(function.Symbol);
        if (_running.Count >= MaxNesting || !_running.Add(function.Symbol))
            return Nothing;
        var (before, graph) = (State, _graph);
        var walk = new GraphWalk(function.Graph, this);
        var end = walk.Run(before);
        _graph = graph;
        _running.Remove(function.Symbol);
        State = before;
        if (end is null)
            return walk.Returned;

        end = WithoutOwnLosses(function, end);
        State = isSure ? end : FlowState.Join(before, end)!;
        return walk.Returned;
    }

    // Nobody outside can mark a session that is the function's own
    private FlowState WithoutOwnLosses(Thing.Function function, FlowState end)
    {
        var body = function.Graph.OriginalOperation.Syntax;
        var own = end.Losses.Where(loss => loss.Key.Place.Root.IsLocalTo(function.Symbol, body)).ToArray();
        foreach (var loss in own.Where(static loss => loss.Value))
            Reported.Add(loss.Key);
        return end with { Losses = end.Losses.RemoveRange(own.Select(static loss => loss.Key)) };
    }
}
