using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Takes a state through one control-flow graph, round its loops until nothing new comes out.</summary>
/// <remarks>A throw is no normal path: what it leaves behind does not count. A handler starts with what was lost before its <c>try</c>.</remarks>
internal sealed class GraphWalk(ControlFlowGraph graph, FlowInterpreter interpreter)
{
    private const int MaxVisits = 20; // of one block, should its states not settle

    private readonly Dictionary<ControlFlowRegion, FlowState> _tries = [];

    /// <summary>What the function may return.</summary>
    public ImmutableHashSet<Thing> Returned { get; private set; } = [];

    /// <summary>The state in which the function ends normally; null where it never does.</summary>
    public FlowState? Run(FlowState entry) => Run(0, graph.Blocks.Length - 1, entry);

    // A finally block runs for each way into it by itself: what holds on one way out says nothing of another
    private FlowState? Run(int first, int last, FlowState entry)
    {
        var states = new FlowState?[graph.Blocks.Length];
        var visits = new int[graph.Blocks.Length];
        var open = new SortedSet<int>();
        FlowState? end = null;

        void Enter(int block, FlowState state)
        {
            var joined = FlowState.Join(states[block], state)!;
            if (states[block] is { } known && (joined.Matches(known) || visits[block] >= MaxVisits))
                return;
            states[block] = joined;
            open.Add(block);
        }

        void Follow(ControlFlowBranch? branch, FlowState state)
        {
            if (branch is { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling })
                end = FlowState.Join(end, state);
            if (branch?.Destination is not { } destination)
                return;
            foreach (var region in branch.FinallyRegions)
            {
                if (Run(region.FirstBlockOrdinal, region.LastBlockOrdinal, state) is not { } after)
                    return;
                state = after;
            }

            Enter(destination.Ordinal, state);
        }

        Enter(first, entry);
        while (open.Count > 0)
        {
            var block = graph.Blocks[open.Min];
            open.Remove(block.Ordinal);
            visits[block.Ordinal]++;
            EnterTries(block, states[block.Ordinal]!);
            interpreter.State = states[block.Ordinal]!;
            foreach (var operation in block.Operations)
                interpreter.Visit(operation, graph);
            if (block.BranchValue is { } value)
            {
                var result = interpreter.Visit(value, graph);
                if (block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return })
                    Returned = Returned.Union(result);
            }

            foreach (var (handler, state) in FindHandlers(block, interpreter.State))
            {
                if (handler >= first && handler <= last)
                    Enter(handler, state);
            }

            var after = interpreter.State;
            if (block is { ConditionKind: not ControlFlowConditionKind.None, BranchValue: { } condition })
            {
                var isTrue = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
                Follow(block.ConditionalSuccessor, interpreter.Assume(after, condition, isTrue));
                Follow(block.FallThroughSuccessor, interpreter.Assume(after, condition, !isTrue));
            }
            else
            {
                Follow(block.FallThroughSuccessor, after);
            }
        }

        return first == 0 ? states[graph.Blocks.Length - 1] : end;
    }

    private void EnterTries(BasicBlock block, FlowState state)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.TryAndCatch && region.FirstBlockOrdinal == block.Ordinal)
                _tries[region] = FlowState.Join(_tries.TryGetValue(region, out var known) ? known : null, state)!;
        }
    }

    private IEnumerable<(int Block, FlowState State)> FindHandlers(BasicBlock block, FlowState after)
    {
        for (var region = block.EnclosingRegion; region?.EnclosingRegion is not null; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try
                || region.EnclosingRegion is not { Kind: ControlFlowRegionKind.TryAndCatch } handled
                || !_tries.TryGetValue(handled, out var before))
                continue;
            var state = before with { Held = FlowState.Join(before, after)!.Held, Marked = before.Marked.Intersect(after.Marked) };
            foreach (var handler in handled.NestedRegions.Where(nested => nested != region))
                yield return (handler.FirstBlockOrdinal, state);
        }
    }
}
