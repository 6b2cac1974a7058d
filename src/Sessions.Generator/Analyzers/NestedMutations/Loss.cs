namespace Sessions.Generator.Analyzers.NestedMutations;

/// <summary>A mutation that was made, of the value in one place.</summary>
internal sealed record Loss(Mutation Mutation, Place Place);
