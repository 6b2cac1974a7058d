namespace Sessions.Tests;

public sealed class AllocationTests
{
    private static readonly SessionKey<int> Visits = new("visits", defaultValue: 0);
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_typed_get_of_a_decoded_number_allocates_nothing()
    {
        var session = await OpenAsync();

        AssertAllocatesNothing(() => session.Get(Visits));
        AssertAllocatesNothing(() => session.TryGet(Visits, out var value) ? value : -1);
        AssertAllocatesNothing(() => session.Get<int>("visits"));
    }

    [Fact]
    public async Task A_typed_get_of_a_number_that_this_request_set_allocates_nothing()
    {
        var session = await OpenAsync();
        session.Set(Visits, 5);

        AssertAllocatesNothing(() => session.Get(Visits));
    }

    [Fact]
    public async Task A_typed_get_of_a_missing_number_allocates_nothing()
    {
        var session = await OpenAsync();
        session.Remove(Visits);

        AssertAllocatesNothing(() => session.Get(Visits));
        AssertAllocatesNothing(() => session.Get<int>("missing"));
    }

    private static void AssertAllocatesNothing(Func<int> read)
    {
        var sum = read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            sum += read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.True(sum >= 0);
    }

    private async Task<Session> OpenAsync() => await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
    {
        s.Set("other", "text");
        s.Set(Visits, 5);
    }));
}
