namespace Sessions.Tests.Http;

public sealed class MemoryConcurrencyTests : SessionConcurrencyContract
{
    protected override void Store(SessionsBuilder sessions) => sessions.StoreInMemory();
}
