using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>What is stored and what the client gets, row by row.</summary>
public sealed class DecisionTableTests : IAsyncLifetime
{
    private TestApp _app = null!;

    private MemorySessionStore Store => (MemorySessionStore)_app.Services.GetRequiredService<ISessionStore>();

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(SessionEndpoints.Map);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task An_untouched_session_leaves_no_trace()
    {
        var id = await NewSessionAsync();

        foreach (var answer in new[] { await _app.GetAsync("/untouched"), await _app.GetAsync("/untouched", id) })
        {
            Assert.Equal(200, answer.Status);
            Assert.Empty(answer.SetCookies);
            Assert.Null(answer.Vary);
            Assert.Null(answer.CacheControl);
        }
    }

    [Fact]
    public async Task Reading_varies_and_sets_nothing()
    {
        var id = await NewSessionAsync();

        foreach (var answer in new[] { await _app.GetAsync("/read"), await _app.GetAsync("/read", id) })
        {
            Assert.Empty(answer.SetCookies);
            Assert.Equal("Cookie", answer.Vary);
        }

        Assert.Equal(1, Store.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(499)]
    public async Task A_write_is_saved_before_the_answer(int status)
    {
        var answer = await _app.GetAsync($"/write?status={status}");

        Assert.Equal(status, answer.Status);
        Assert.Equal("Cookie", answer.Vary);
        Assert.Equal("no-store, no-cache", answer.CacheControl);
        Assert.Matches("^sessionid=[a-z0-9]{32}; expires=.* GMT; max-age=1209600; path=/; samesite=lax; httponly$", answer.SessionCookie!);
        Assert.Equal("1", (await _app.GetAsync("/read", answer.Id)).Body);
    }

    [Theory]
    [InlineData("/write?status=500")]
    [InlineData("/write?status=503")]
    [InlineData("/write?status=599")]
    [InlineData("/throw")]
    public async Task A_failed_request_saves_nothing(string path)
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync(path, id);

        Assert.True(answer.Status >= 500);
        Assert.Empty(answer.SetCookies);
        Assert.Equal("1", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(1, Store.Count);
    }

    [Fact]
    public async Task A_failed_request_takes_a_rotation_back()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/cycle?status=500", id);

        Assert.Empty(answer.SetCookies);
        Assert.Equal("1", (await _app.GetAsync("/read", id)).Body);
    }

    [Theory]
    [InlineData("/flush")]
    [InlineData("/flush?status=500")]
    public async Task A_flush_deletes_record_and_cookie(string path)
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync(path, id);

        Assert.True(answer.DeletesCookie);
        Assert.EndsWith("; max-age=0; path=/; samesite=lax; httponly", answer.SessionCookie, StringComparison.Ordinal);
        Assert.Equal("Cookie", answer.Vary);
        Assert.Equal(0, Store.Count);
    }

    [Fact]
    public async Task A_flush_stands_when_the_handler_throws()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/flush-throw", id);

        Assert.Equal(500, answer.Status);
        Assert.Equal(0, Store.Count);
    }

    [Fact]
    public async Task A_flush_without_a_cookie_deletes_none()
    {
        var answer = await _app.GetAsync("/flush");

        Assert.Empty(answer.SetCookies);
        Assert.Equal("Cookie", answer.Vary);
    }

    [Fact]
    public async Task A_write_after_a_flush_begins_a_new_session()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/flush-write", id);

        Assert.NotEqual(id, answer.Id);
        Assert.NotNull(answer.Id);
        Assert.Equal("1", (await _app.GetAsync("/read", answer.Id)).Body);
        Assert.Equal("missing", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(1, Store.Count);
    }

    [Fact]
    public async Task A_failed_write_after_a_flush_changes_nothing()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/flush-write?status=500", id);

        Assert.Empty(answer.SetCookies);
        Assert.Equal("1", (await _app.GetAsync("/read", id)).Body);
    }

    [Fact]
    public async Task Clear_keeps_record_and_cookie()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/clear", id);

        Assert.Equal(id, answer.Id);
        Assert.Equal("missing", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(1, Store.Count);
    }

    [Theory]
    [InlineData("/clear")]
    [InlineData("/mark")]
    public async Task Clear_on_an_unknown_session_stores_nothing_and_deletes_the_cookie(string path)
    {
        var answer = await _app.GetAsync(path, new string('a', 32));

        Assert.Equal(200, answer.Status);
        Assert.True(answer.DeletesCookie);
        Assert.Equal(0, Store.Count);
    }

    [Theory]
    [InlineData("/clear")]
    [InlineData("/mark")]
    [InlineData("/cycle")]
    [InlineData("/write-remove")]
    public async Task A_new_session_without_entries_is_never_stored(string path)
    {
        var answer = await _app.GetAsync(path);

        Assert.Empty(answer.SetCookies);
        Assert.Equal(0, Store.Count);
    }

    [Fact]
    public async Task Removing_the_last_entry_keeps_the_session()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/write-remove", id);

        Assert.Equal(id, answer.Id);
        Assert.Equal(1, Store.Count);
    }

    [Fact]
    public async Task A_rotation_gives_a_new_id_and_the_same_data()
    {
        var id = await NewSessionAsync();

        var answer = await _app.GetAsync("/cycle", id);

        Assert.NotEqual(id, answer.Id);
        Assert.Equal("1", (await _app.GetAsync("/read", answer.Id)).Body);
        var late = await _app.GetAsync("/read", id);
        Assert.Equal("missing", late.Body);
        Assert.Empty(late.SetCookies);
    }

    private async Task<string> NewSessionAsync() => (await _app.GetAsync("/write")).Id!;
}
