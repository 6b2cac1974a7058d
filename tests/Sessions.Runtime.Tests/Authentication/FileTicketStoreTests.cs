namespace Sessions.Tests.Authentication;

public sealed class FileTicketStoreTests : TicketStoreContract
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sessions-{Guid.NewGuid():n}");

    protected override void Store(SessionsBuilder sessions) => sessions.StoreInFiles(_path);

    protected override Task CleanUpAsync()
    {
        Directory.Delete(_path, recursive: true);
        return Task.CompletedTask;
    }
}
