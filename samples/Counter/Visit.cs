namespace Counter;

/// <summary>What the home page answers.</summary>
/// <param name="Number">How often the visitor came.</param>
/// <param name="First">When the visitor came first.</param>
/// <param name="Days">The days of the week on which the visitor came.</param>
public sealed record Visit(int Number, DateTimeOffset? First, string Days);
