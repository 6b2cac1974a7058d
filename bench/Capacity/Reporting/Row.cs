namespace Sessions.Capacity;

/// <summary>What was measured of one store in one case, by name. A figure that the store does not have is left out.</summary>
internal sealed record Row(string Store, string Case, IReadOnlyDictionary<string, double> Figures);
