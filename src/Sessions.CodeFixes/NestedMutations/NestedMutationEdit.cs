using Microsoft.CodeAnalysis;

namespace Sessions.CodeFixes.NestedMutations;

/// <summary>One change of the source that saves a mutation.</summary>
/// <param name="Anchor">The node that is changed, or beside which something is written.</param>
internal abstract record NestedMutationEdit(SyntaxNode Anchor)
{
    /// <summary>The root with the edit made; the anchor as it is after the edits before.</summary>
    public abstract SyntaxNode Apply(SyntaxNode root, SyntaxNode anchor);

    /// <summary>Whether this edit, which stands later in the source, does for the other one too.</summary>
    public virtual bool Covers(NestedMutationEdit earlier) => Anchor == earlier.Anchor;

    public static SyntaxNode ApplyAll(SyntaxNode root, IEnumerable<NestedMutationEdit> edits)
    {
        var kept = new List<NestedMutationEdit>();
        foreach (var edit in edits.OrderBy(static edit => edit.Anchor.SpanStart))
        {
            kept.RemoveAll(edit.Covers);
            kept.Add(edit);
        }

        var changed = root.TrackNodes(kept.Select(static edit => edit.Anchor));
        foreach (var edit in kept)
        {
            if (changed.GetCurrentNode(edit.Anchor) is { } anchor)
                changed = edit.Apply(changed, anchor);
        }

        return changed;
    }
}
