namespace Sessions.Tests.Http;

public sealed class SaveEveryRequestTests : IAsyncLifetime
{
    private readonly CountingStore _store = new();
    private TestApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(
        SessionEndpoints.Map, options => options.SaveEveryRequest = true, sessions => sessions.AddStore("counting", _ => _store));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/untouched")]
    [InlineData("/read")]
    public async Task A_live_session_is_renewed_and_nothing_else(string path)
    {
        var id = (await _app.GetAsync("/write")).Id!;
        _store.Reset();

        var answer = await _app.GetAsync(path, id);

        Assert.Equal(id, answer.Id);
        Assert.Equal("Cookie", answer.Vary);
        Assert.Equal((1, 0), (_store.Renewals, _store.Writes));
    }

    [Fact]
    public async Task A_write_saves_once_and_needs_no_renewal()
    {
        var id = (await _app.GetAsync("/write")).Id!;
        _store.Reset();

        Assert.Equal(id, (await _app.GetAsync("/write", id)).Id);

        Assert.Equal((0, 1), (_store.Renewals, _store.Writes));
    }

    [Fact]
    public async Task A_failed_request_renews_nothing()
    {
        var id = (await _app.GetAsync("/write")).Id!;
        _store.Reset();

        Assert.Empty((await _app.GetAsync("/untouched?status=500", id)).SetCookies);

        Assert.Equal(0, _store.Renewals);
    }
}
