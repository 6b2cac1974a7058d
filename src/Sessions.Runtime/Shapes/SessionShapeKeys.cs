namespace Sessions;

/// <summary>The keys that a registered shape reads; null: any key.</summary>
internal sealed record SessionShapeKeys(Type Shape, IReadOnlyCollection<string>? Names);
