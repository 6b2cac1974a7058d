using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>Looks into the methods of the compilation, within bounds: so many calls deep, and not into long ones.</summary>
internal sealed class MethodSummaries(Compilation compilation, FlowContext context)
{
    public const int MaxDepth = 3;
    private const int MaxLength = 5000; // characters of one method

    // The depth is a part of the key: what a method is found to do must not depend on who asked first
    private readonly ConcurrentDictionary<(IMethodSymbol Method, int Depth), MethodSummary?> _summaries = new();

    /// <summary>The summary; null where the source is not here, or out of bounds.</summary>
    public MethodSummary? Find(IMethodSymbol method, int depth, CancellationToken cancellationToken)
    {
        if (depth <= 0)
            return null;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        if (definition.DeclaringSyntaxReferences.IsEmpty || definition.IsAbstract || definition.IsExtern)
            return null;
        var key = (definition, depth);
        if (!_summaries.TryGetValue(key, out var summary))
            _summaries[key] = summary = Summarize(definition, depth, cancellationToken);
        return summary;
    }

    private MethodSummary? Summarize(IMethodSymbol method, int depth, CancellationToken cancellationToken)
    {
        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        if (syntax.Span.Length > MaxLength || !compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            return null;
#pragma warning disable RS1030 // a method of another file has no model at hand; each is asked for once
        var operation = compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);
#pragma warning restore RS1030
        var graph = operation switch
        {
            IMethodBodyOperation { Parent: null } body => ControlFlowGraph.Create(body, cancellationToken),
            IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellationToken),
            _ => null,
        };
        if (graph is null)
            return null;

        var interpreter = new FlowInterpreter(context, depth - 1, cancellationToken);
        var walk = new GraphWalk(graph, interpreter);
        var end = walk.Run(FlowState.Empty) ?? FlowState.Empty;
        var elements = walk.Returned.Where(static thing => thing is Thing.Made)
            .SelectMany(made => end.Find(new Slot(made, Slot.Element)) ?? []);
        return new(interpreter.Mutated, end.Marked, end.Settled, walk.Returned, [.. elements]);
    }
}
