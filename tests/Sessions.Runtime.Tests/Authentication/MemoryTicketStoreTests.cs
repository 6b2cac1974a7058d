namespace Sessions.Tests.Authentication;

public sealed class MemoryTicketStoreTests : TicketStoreContract
{
    protected override void Store(SessionsBuilder sessions) => sessions.StoreInMemory();
}
