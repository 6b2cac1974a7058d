using Microsoft.CodeAnalysis;

namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>What the analyses of one compilation share.</summary>
internal sealed class FlowContext
{
    public FlowContext(Compilation compilation, SessionSymbols symbols)
    {
        Vocabulary = new(symbols);
        Summaries = new(compilation, this);
    }

    public SessionVocabulary Vocabulary { get; }

    public MethodSummaries Summaries { get; }
}
