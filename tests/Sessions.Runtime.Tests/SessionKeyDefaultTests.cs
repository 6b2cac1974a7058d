namespace Sessions.Tests;

/// <summary>Mutable defaults that are handed out for missing keys.</summary>
public sealed class SessionKeyDefaultTests
{
    private static readonly SessionKey<List<int>> Value = new("xs", defaultValue: [1]);
    private static readonly SessionKey<List<int>> Factory = new("xs") { DefaultFactory = () => [1] };
    private readonly TestSessions _sessions = new();

    public static TheoryData<string> Kinds => ["value", "factory"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_default_is_handed_out_once_a_session(string kind)
    {
        var (key, session) = (Key(kind), _sessions.Create());

        var list = session.Get(key);

        Assert.Same(list, session.Get(key));
        Assert.Same(list, session.GetRequired(key));
        Assert.NotSame(list, _sessions.Create().Get(key));
        Assert.NotSame(list, key.DefaultValue);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_default_does_not_travel_to_another_session(string kind)
    {
        var key = Key(kind);

        _sessions.Create().Get(key).Add(2);

        Assert.Equal([1], _sessions.Create().Get(key));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_changed_default_is_stored_only_if_the_session_is_marked(string kind)
    {
        var (key, session) = (Key(kind), _sessions.Create());
        session.Set("other", 1);
        session.Get(key).Add(2);
        Assert.False((await _sessions.ReopenAsync(session)).ContainsKey(key));

        session.Modified = true;

        Assert.Equal([1, 2], (await _sessions.ReopenAsync(session)).Get(key));
        Assert.Equal(["other", "xs"], session.Keys);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_default_that_was_not_changed_is_never_stored(string kind)
    {
        var (key, session) = (Key(kind), _sessions.Create());
        session.Get(key);

        session.Modified = true;
        await _sessions.SaveAsync(session);

        Assert.Null(session.Id);
        Assert.Empty(_sessions.Store.Calls);
    }

    [Fact]
    public async Task The_policy_for_changes_in_place_applies_to_a_default()
    {
        var sessions = new TestSessions(options => options.NestedMutations = NestedMutations.Throw);
        var session = sessions.Create();

        session.Get(Factory).Add(2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => sessions.SaveAsync(session));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_default_handed_out_for_a_removed_key_leaves_it_removed(string kind)
    {
        var key = Key(kind);
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 7 })));
        session.Remove(key);

        Assert.Equal([1], session.Get(key));

        Assert.False(session.ContainsKey(key));
        Assert.False((await _sessions.ReopenAsync(session)).ContainsKey(key));
    }

    [Fact]
    public async Task A_changed_default_whose_key_is_then_removed_is_not_stored()
    {
        var session = _sessions.Create();
        session.Set("other", 1);
        session.Get(Factory).Add(2);

        session.Remove(Factory);
        session.Modified = true;

        Assert.Equal(["other"], (await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task A_default_whose_copy_lost_something_is_not_changed()
    {
        var key = new SessionKey<Forgetful>("f", new Forgetful { Numbers = { 1 } });
        var sessions = new TestSessions(options => options.NestedMutations = NestedMutations.Throw);
        var session = sessions.Create();

        session.Get(key);
        await sessions.SaveAsync(session);

        Assert.Empty(sessions.Store.Calls);
    }

    [Fact]
    public async Task A_key_that_is_set_takes_the_place_of_its_default()
    {
        var session = _sessions.Create();
        session.Get(Factory).Add(2);

        session.Set(Factory, [5]);
        session.Modified = true;

        Assert.Equal([5], session.Get(Factory));
        Assert.Equal([5], (await _sessions.ReopenAsync(session)).Get(Factory));
    }

    private static SessionKey<List<int>> Key(string kind) => kind == "value" ? Value : Factory;

    /// <summary>Its list has no setter, so that decoding leaves it empty.</summary>
    private sealed class Forgetful
    {
        public List<int> Numbers { get; } = [];
    }
}
