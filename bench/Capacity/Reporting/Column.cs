namespace Sessions.Capacity;

/// <summary>A figure in a table.</summary>
/// <param name="Head">What stands above it.</param>
/// <param name="Figure">Its name in a <see cref="Row"/>.</param>
/// <param name="Format">Writes it for people.</param>
/// <param name="HasRatio">Whether its ratio to the store's first row follows.</param>
internal sealed record Column(string Head, string Figure, Func<double, string> Format, bool HasRatio = false);
