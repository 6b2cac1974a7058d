namespace Sessions.Tests;

public sealed class SqliteCommandTests : CommandTests
{
    private readonly SqliteFile _database = new();

    private protected override string[] Store => ["--sqlite", _database.Path];

    private protected override Task PrepareAsync() => RunAsync("create-table", "--execute");

    private protected override void AddTo(SessionsBuilder sessions) => _database.AddTo(sessions);

    private protected override Task CleanUpAsync()
    {
        _database.Dispose();
        return Task.CompletedTask;
    }
}
