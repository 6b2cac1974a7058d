namespace Sessions.Tests;

public sealed class SessionKeyTests
{
    private static readonly SessionKey<int> Visits = new("visits", defaultValue: 3);
    private static readonly SessionKey<string> Name = new("name") { FormerNames = ["customer", "client"] };
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task Every_verb_takes_a_typed_key()
    {
        var session = _sessions.Create();
        session.Set(Visits, 5);

        var next = await _sessions.ReopenAsync(session);

        Assert.True(next.ContainsKey(Visits));
        Assert.Equal(5, next.Get(Visits));
        Assert.Equal(5, next.Get(Visits, 9));
        Assert.Equal(5, next.GetRequired(Visits));
        Assert.True(next.TryGet(Visits, out var value));
        Assert.Equal(5, value);
        Assert.Equal(5, next.SetDefault(Visits, 9));
        Assert.Equal(5, next.SetDefault(Visits, () => 9));
        Assert.Equal(5, next.Pop(Visits));
        Assert.Equal(9, next.Pop(Visits, 9));
        Assert.False(next.Remove(Visits));
        Assert.Equal(9, next.SetDefault(Visits, () => 9));
        Assert.True(next.Remove(Visits));
        Assert.Equal(8, next.SetDefault(Visits, 8));
        Assert.Equal(8, next.Get<int>("visits"));
    }

    [Fact]
    public void A_missing_key_reads_as_its_default_and_nothing_is_stored()
    {
        var session = _sessions.Create();

        Assert.Equal(3, session.Get(Visits));
        Assert.Equal(3, session.GetRequired(Visits));
        Assert.Equal(9, session.Get(Visits, 9));
        Assert.False(session.TryGet(Visits, out _));
        Assert.False(session.ContainsKey(Visits));
        Assert.Equal(0, session.Count);
        Assert.False(session.Modified);
    }

    [Fact]
    public void A_missing_key_without_default_reads_as_the_types_default()
    {
        var session = _sessions.Create();

        Assert.Equal(0, session.Get(new SessionKey<int>("n")));
        Assert.Null(session.Get(Name));
        Assert.Null(session.Get(new SessionKey<string?>("s", null)));
        Assert.Null(session.GetRequired(new SessionKey<string?>("s", null)));
    }

    [Fact]
    public void Where_a_value_is_demanded_a_missing_key_is_an_error_that_names_key_and_property()
    {
        var session = _sessions.Create();
        var property = new SessionKey<int>("n") { Property = "Shop.CartSession.N" };

        Assert.Contains("'visits'", Assert.Throws<KeyNotFoundException>(() => session.Pop(Visits)).Message, StringComparison.Ordinal);
        Assert.Contains("'name'", Assert.Throws<KeyNotFoundException>(() => session.GetRequired(Name)).Message, StringComparison.Ordinal);
        var error = Assert.Throws<KeyNotFoundException>(() => session.GetRequired(property));
        Assert.Contains("'n'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Shop.CartSession.N", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_is_read_under_a_former_name()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("client", "Ada")));

        Assert.Equal("Ada", session.Get(Name));
        Assert.Equal("Ada", session.GetRequired(Name));
        Assert.Equal("Ada", session.Get(Name, "none"));
        Assert.Equal("Ada", session.SetDefault(Name, "none"));
        Assert.True(session.TryGet(Name, out _));
        Assert.True(session.ContainsKey(Name));
        Assert.False(session.Modified);
    }

    [Fact]
    public async Task The_own_name_goes_before_former_ones_and_these_in_their_order()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
        {
            s.Set("client", "3");
            s.Set("customer", "2");
            s.Set("name", "1");
        }));

        Assert.Equal("1", session.Get(Name));
        session.Remove("name");
        Assert.Equal("2", session.Get(Name));
        session.Remove("customer");
        Assert.Equal("3", session.Get(Name));
    }

    [Fact]
    public async Task A_write_drops_the_former_names()
    {
        var session = await _sessions.OpenAsync(await StoreFormerAsync());

        session.Set(Name, "Grace");

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal(["name"], next.Keys);
        Assert.Equal("Grace", next.Get(Name));
    }

    [Fact]
    public async Task A_pop_drops_the_former_names()
    {
        var session = await _sessions.OpenAsync(await StoreFormerAsync());

        Assert.Equal("Ada", session.Pop(Name));

        Assert.Empty((await _sessions.ReopenAsync(session)).Keys);
        Assert.Equal("none", session.Pop(Name, "none"));
    }

    [Fact]
    public async Task A_removal_drops_the_former_names()
    {
        var session = await _sessions.OpenAsync(await StoreFormerAsync());

        Assert.True(session.Remove(Name));
        Assert.False(session.Remove(Name));

        Assert.Empty((await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public void A_key_that_is_among_its_own_former_names_keeps_its_value()
    {
        var key = new SessionKey<int>("n") { FormerNames = ["n", "m"] };
        var session = _sessions.Create();

        session.Set(key, 1);

        Assert.Equal(1, session.Get(key));
    }

    [Fact]
    public async Task A_former_value_that_cannot_be_read_stays()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("customer", 5)));

        Assert.Throws<SessionValueException>(() => session.Pop(Name));

        Assert.Equal(["customer"], session.Keys);
        Assert.False(session.Modified);
    }

    [Fact]
    public async Task A_mutation_stores_the_result()
    {
        var key = new SessionKey<List<int>>("xs") { DefaultFactory = () => [1], FormerNames = ["ys"] };
        var session = _sessions.Create();
        session.Mutate(key, xs => xs.Add(2));
        var next = await _sessions.ReopenAsync(session);
        Assert.Equal([1, 2], next.Get(key));

        var former = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("ys", new[] { 7 })));
        former.Mutate(key, xs => xs.Add(8));
        Assert.Equal(["xs"], former.Keys);
        Assert.Equal([7, 8], (await _sessions.ReopenAsync(former)).Get(key));
    }

    [Fact]
    public async Task A_mutation_that_fails_or_has_nothing_to_start_from_stores_nothing()
    {
        var key = new SessionKey<List<int>>("xs");
        var id = await _sessions.StoreAsync(s => s.Set("xs", new[] { 1 }));
        var session = await _sessions.OpenAsync(id);

        Assert.Throws<KeyNotFoundException>(() => _sessions.Create().Mutate(key, xs => xs.Add(1)));
        Assert.Throws<FormatException>(() => session.Mutate(key, xs => throw new FormatException()));

        Assert.False(session.Modified);
    }

    private Task<SessionId> StoreFormerAsync() => _sessions.StoreAsync(s =>
    {
        s.Set("client", "old");
        s.Set("customer", "Ada");
    });
}
