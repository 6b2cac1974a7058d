namespace Sessions.Tests;

/// <summary>What one operation does to a session that nothing has touched.</summary>
/// <param name="Act">The operation.</param>
/// <param name="Accessed">Whether it counts as an access.</param>
/// <param name="Modified">Whether it changes the session.</param>
/// <param name="Loads">How often the store is read.</param>
/// <param name="Error">What it throws; null: nothing.</param>
internal sealed record FlagCase(Action<Session> Act, bool Accessed, bool Modified, int Loads, Type? Error = null);
