namespace Sessions.Tests;

public sealed class FilesCommandTests : CommandTests
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-cli-").FullName;

    private protected override string[] Store => ["--files", _directory];

    private protected override Task PrepareAsync() => Task.CompletedTask;

    private protected override void AddTo(SessionsBuilder sessions) => sessions.StoreInFiles(_directory);

    private protected override Task CleanUpAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }
}
