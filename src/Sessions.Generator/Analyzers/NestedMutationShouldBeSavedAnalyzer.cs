using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Sessions.Generator.Analyzers.NestedMutations;

namespace Sessions.Generator.Analyzers;

[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedMutationShouldBeSavedAnalyzer() : SessionAnalyzer(Rule)
{
    /// <summary>The diagnostic's property for the session or shape as source text: empty inside a shape, absent where no text names it.</summary>
    internal const string OwnerProperty = "Owner";

    /// <summary>The statement that assigns the key, with <c>{0}</c> for the value; absent where none does.</summary>
    internal const string WriteProperty = "Write";

    /// <summary>The variable that holds the whole value; absent where none does.</summary>
    internal const string VariableProperty = "Variable";

    private static readonly DiagnosticDescriptor Rule = new(
        DiagnosticIds.NestedMutation,
        "A nested mutation of a session value should be saved",
        "'{0}' changes a session value in place, which is not saved: set 'Modified = true', assign the value back, or use a Mutate method",
        Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleHelpUri.For(DiagnosticIds.NestedMutation));

    private protected override void Register(CompilationStartAnalysisContext context, SessionSymbols symbols)
    {
        var flow = new FlowContext(context.Compilation, symbols);
        context.RegisterOperationBlockAction(block => Analyze(block, flow));
    }

    private static void Analyze(OperationBlockAnalysisContext context, FlowContext flow)
    {
        if (!IsWorthAWalk(context, flow.Vocabulary))
            return;
        var graphs = context.OperationBlocks
            .Where(static block => block.Kind is not (OperationKind.Attribute or OperationKind.None))
            .Select(context.GetControlFlowGraph)
            .Distinct();
        foreach (var graph in graphs)
        {
            foreach (var losses in FindLosses(graph, flow, context.CancellationToken).GroupBy(static loss => loss.Mutation.Token))
                context.ReportDiagnostic(Create(losses.First()));
        }
    }

    private static IEnumerable<Loss> FindLosses(ControlFlowGraph graph, FlowContext flow, CancellationToken cancellationToken)
    {
        var interpreter = new FlowInterpreter(flow, MethodSummaries.MaxDepth, cancellationToken);
        var end = new GraphWalk(graph, interpreter).Run(FlowState.Empty);
        interpreter.State = end ?? FlowState.Empty;
        interpreter.RunUncalled(graph);
        return interpreter.Reported.Concat(interpreter.State.Losses.Where(static loss => loss.Value).Select(static loss => loss.Key));
    }

    // Most members have nothing to do with sessions, or change nothing in place, and cost no more than this
    private static bool IsWorthAWalk(OperationBlockAnalysisContext context, SessionVocabulary vocabulary) =>
        (vocabulary.HoldsOwner(context.OwningSymbol.ContainingType) || HasAny(context, operation => vocabulary.IsTouched(operation.Type)))
        && HasAny(context, operation => MutationCandidates.IsCandidate(operation, vocabulary));

    private static bool HasAny(OperationBlockAnalysisContext context, Func<IOperation, bool> isMeant)
    {
        foreach (var block in context.OperationBlocks)
        {
            foreach (var operation in block.DescendantsAndSelf())
            {
                if (isMeant(operation))
                    return true;
            }
        }

        return false;
    }

    private static Diagnostic Create(Loss loss)
    {
        var (mutation, place) = loss;
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (OwnerText.OfOwner(place) is { } owner)
            properties = properties.Add(OwnerProperty, owner);
        if (OwnerText.OfWrite(place) is { } write && mutation.Variable is { } variable)
            properties = properties.Add(WriteProperty, write).Add(VariableProperty, variable);
        return Diagnostic.Create(Rule, mutation.Token.GetLocation(), properties, mutation.Name);
    }
}
