namespace Sessions.Tests;

/// <summary>Random ids that turn out to be taken: chance does not do it, so the tests do.</summary>
public sealed class CollisionTests
{
    private readonly Queue<SessionId> _ids = new();
    private readonly TestSessions _sessions;

    public CollisionTests() => _sessions = new TestSessions(newId: () => _ids.Dequeue());

    [Fact]
    public async Task A_new_session_never_joins_the_one_that_has_its_id()
    {
        var taken = await StoreAsync('a', "first");
        Draw('a', 'a', 'b');
        var session = _sessions.Create();
        session.Set("owner", "second");
        Assert.Equal(taken, session.Id);

        await _sessions.SaveAsync(session);

        Assert.Equal(Id('b'), session.Id);
        Assert.Equal("second", (await _sessions.OpenAsync(Id('b'))).Get<string>("owner"));
        Assert.Equal("first", (await _sessions.OpenAsync(taken)).Get<string>("owner"));
    }

    [Fact]
    public async Task A_rotated_session_never_joins_the_one_that_has_its_new_id()
    {
        var taken = await StoreAsync('a', "first");
        var session = await _sessions.OpenAsync(await StoreAsync('b', "second"));
        Draw('a', 'b', 'c');
        session.CycleId();
        session.Set("more", 1);

        await _sessions.SaveAsync(session);

        Assert.Equal(Id('c'), session.Id);
        Assert.Equal(["owner", "more"], (await _sessions.OpenAsync(Id('c'))).Keys);
        Assert.Equal(["owner"], (await _sessions.OpenAsync(taken)).Keys);
        Assert.True(_sessions.Record(Id('b'))!.IsRetired);
    }

    [Fact]
    public async Task A_retired_id_is_taken_too()
    {
        var session = await _sessions.OpenAsync(await StoreAsync('a', "first"));
        Draw('b');
        session.CycleId();
        await _sessions.SaveAsync(session);

        Assert.Equal(Id('c'), await StoreAsync("acc", "second"));
        Assert.True(_sessions.Record(Id('a'))!.IsRetired);
    }

    [Fact]
    public async Task A_store_that_refuses_every_id_fails_the_creation()
    {
        await StoreAsync('a', "first");
        Draw('a', 'a', 'a', 'b');
        var session = _sessions.Create();
        session.Set("owner", "second");

        await Assert.ThrowsAsync<SessionStoreException>(() => _sessions.SaveAsync(session));

        Assert.Equal("first", (await _sessions.OpenAsync(Id('a'))).Get<string>("owner"));
        Assert.Equal("second", (await _sessions.ReopenAsync(session)).Get<string>("owner"));
    }

    [Fact]
    public async Task A_store_that_refuses_every_id_fails_the_rotation_and_leaves_the_session()
    {
        await StoreAsync('a', "first");
        var id = await StoreAsync('b', "second");
        var session = await _sessions.OpenAsync(id);
        Draw('a', 'a', 'a');
        session.CycleId();

        await Assert.ThrowsAsync<SessionStoreException>(() => _sessions.SaveAsync(session));

        Assert.Equal("second", (await _sessions.OpenAsync(id)).Get<string>("owner"));
        Assert.Equal("first", (await _sessions.OpenAsync(Id('a'))).Get<string>("owner"));
    }

    private static SessionId Id(char letter) => SessionId.TryParse(new string(letter, SessionId.Length), out var id)
        ? id
        : throw new ArgumentException("No letter of an id.", nameof(letter));

    private void Draw(params IEnumerable<char> letters)
    {
        foreach (var letter in letters)
            _ids.Enqueue(Id(letter));
    }

    private Task<SessionId> StoreAsync(char letter, string owner) => StoreAsync($"{letter}", owner);

    private Task<SessionId> StoreAsync(string letters, string owner)
    {
        Draw(letters);
        return _sessions.StoreAsync(s => s.Set("owner", owner));
    }
}
