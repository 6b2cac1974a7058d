namespace Sessions.Load;

/// <summary>What a contender is given to keep its state in.</summary>
/// <param name="Directory">A directory of its own.</param>
/// <param name="Redis">A Redis server; null where the contender needs none.</param>
/// <param name="Postgres">An empty database; null where the contender needs none.</param>
/// <param name="CountsCalls">Whether <see cref="StoreCalls"/> counts calls that the contender does not make itself: not while it is timed.</param>
internal sealed record Place(string Directory, string? Redis, string? Postgres, bool CountsCalls)
{
    public string SqliteFile => Path.Combine(Directory, "visitors.db");
}
