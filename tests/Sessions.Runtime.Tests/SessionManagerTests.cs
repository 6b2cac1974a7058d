namespace Sessions.Tests;

public sealed class SessionManagerTests
{
    private readonly TestSessions _sessions = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_outlives_the_code_that_made_it()
    {
        var session = _sessions.Manager.Create();
        Assert.Empty(_sessions.Store.Calls);
        session.Set("last_login", 1376587691L);
        await session.SaveAsync(Cancel);

        var opened = await _sessions.Manager.OpenAsync(session.Id!.Value, Cancel);

        Assert.Equal(1376587691L, opened!.Get<long>("last_login"));
        Assert.True(opened.IsLoaded);
        Assert.False(opened.IsNew);
        Assert.Equal(session.Id, opened.Id);
    }

    [Fact]
    public async Task What_is_unknown_deleted_or_expired_is_neither_opened_nor_there()
    {
        var (deleted, expired) = (await _sessions.StoreAsync(s => s.Set("a", 1)), await _sessions.StoreAsync(s => s.Set("a", 1)));
        Assert.True(await _sessions.Manager.ExistsAsync(deleted, Cancel));
        await _sessions.Manager.DeleteAsync(deleted, Cancel);
        await _sessions.Manager.DeleteAsync(deleted, Cancel);
        await _sessions.Manager.DeleteAsync(SessionId.New(), Cancel);
        _sessions.Time.Advance(TimeSpan.FromDays(14));

        foreach (var id in new[] { SessionId.New(), deleted, expired })
        {
            Assert.Null(await _sessions.Manager.OpenAsync(id, Cancel));
            Assert.False(await _sessions.Manager.ExistsAsync(id, Cancel));
        }
    }

    [Fact]
    public async Task What_has_expired_is_cleared_and_counted()
    {
        await _sessions.StoreAsync(s => s.Set("a", 1));
        await _sessions.StoreAsync(s => s.Set("a", 1));
        var live = await _sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            s.SetExpiry(TimeSpan.FromDays(30));
        });
        _sessions.Time.Advance(TimeSpan.FromDays(14));

        Assert.Equal(2, await _sessions.Manager.ClearExpiredAsync(cancellationToken: Cancel));

        Assert.Equal(0, await _sessions.Manager.ClearExpiredAsync(cancellationToken: Cancel));
        Assert.True(await _sessions.Manager.ExistsAsync(live, Cancel));
    }

    [Fact]
    public async Task No_id_is_refused_before_the_store_is_asked()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _sessions.Manager.OpenAsync(default, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _sessions.Manager.ExistsAsync(default, Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _sessions.Manager.DeleteAsync(default, Cancel));

        Assert.Empty(_sessions.Store.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_store_knows_a_session_by_the_digest_of_its_id_unless_told_otherwise(bool hashed)
    {
        var sessions = new TestSessions(options => options.HashIdsAtRest = hashed);

        var id = await sessions.StoreAsync(s => s.Set("a", 1));

        Assert.Equal(hashed, sessions.Store.Load(id.Digest()) is not null);
        Assert.Equal(!hashed, sessions.Store.Load(id.Secret) is not null);
        Assert.Equal(1, (await sessions.OpenAsync(id)).Get<int>("a"));
    }
}
