namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A member of an object that holds something known: by the member's name, or <see cref="Element"/>.</summary>
internal sealed record Slot(Thing Owner, string Member)
{
    public const string Element = "[]";
}
