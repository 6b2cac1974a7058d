namespace Sessions;

/// <summary>The table of a database that sessions are kept in.</summary>
/// <param name="Name">Its name, as it is; EF quotes it.</param>
/// <param name="Schema">Its schema; null for the database's default.</param>
internal sealed record SessionTable(string Name, string? Schema);
