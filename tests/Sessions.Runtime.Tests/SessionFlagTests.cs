namespace Sessions.Tests;

public sealed class SessionFlagTests
{
    private const bool Yes = true;
    private const bool No = false;
    private static readonly Type NotFound = typeof(KeyNotFoundException);
    private static readonly SessionKey<int> K = new("k", 0);
    private static readonly SessionKey<int> Z = new("z", 7);

    // On a stored session { "k": 1, "d": {} } that is not loaded, and on a new one, where nothing is ever loaded.
    private static readonly Dictionary<string, (FlagCase Stored, FlagCase New)> Cases = new()
    {
        ["nothing"] = Both(s => { }, No, No, loads: 0),
        ["Id"] = Both(s => _ = s.Id, No, No, loads: 0),
        ["IsNew"] = Both(s => _ = s.IsNew, No, No, loads: 0),
        ["IsEmpty"] = Both(s => _ = s.IsEmpty, No, No, loads: 0),
        ["IsLoaded"] = Both(s => _ = s.IsLoaded, No, No, loads: 0),
        ["Modified"] = Both(s => _ = s.Modified, No, No, loads: 0),
        ["Modified = true"] = Both(s => s.Modified = true, No, Yes, loads: 0),
        ["ContainsKey, hit"] = Both(s => s.ContainsKey("k"), Yes, No),
        ["ContainsKey, miss"] = Both(s => s.ContainsKey("z"), Yes, No),
        ["indexer, hit"] = Hit(s => _ = s["k"], Yes, No, NotFound),
        ["indexer, miss"] = Both(s => _ = s["z"], Yes, No, error: NotFound),
        ["Get, hit"] = Both(s => s.Get<int>("k"), Yes, No),
        ["Get, miss"] = Both(s => s.Get<int>("z"), Yes, No),
        ["Get with default"] = Both(s => s.Get("z", 7), Yes, No),
        ["TryGet"] = Both(s => s.TryGet<int>("k", out _), Yes, No),
        ["indexer = same value"] = Both(s => s["k"] = 1, Yes, Yes),
        ["Set, same value"] = Both(s => s.Set("k", 1), Yes, Yes),
        ["Set, new key"] = Both(s => s.Set("n", 2), Yes, Yes),
        ["Remove, hit"] = Hit(s => s.Remove("k"), Yes, Yes),
        ["Remove, miss"] = Both(s => s.Remove("z"), Yes, No),
        ["Pop, hit"] = Hit(s => s.Pop<int>("k"), Yes, Yes, NotFound),
        ["Pop, miss"] = Both(s => s.Pop<int>("z"), Yes, No, error: NotFound),
        ["Pop with default, hit"] = Hit(s => s.Pop("k", 7), Yes, Yes),
        ["Pop with default, miss"] = Both(s => s.Pop("z", 7), Yes, No),
        ["SetDefault, hit"] = (new(s => s.SetDefault("k", 9), Yes, No, 1), new(s => s.SetDefault("k", 9), Yes, Yes, 0)),
        ["SetDefault, miss"] = Both(s => s.SetDefault("z", 9), Yes, Yes),
        ["SetDefault with factory, miss"] = Both(s => s.SetDefault("z", () => 9), Yes, Yes),
        ["Update, no item"] = Both(s => s.Update([]), Yes, Yes),
        ["Update"] = Both(s => s.Update([new("n", 1)]), Yes, Yes),
        ["Keys"] = Both(s => _ = s.Keys, Yes, No),
        ["Values"] = Both(s => _ = s.Values, Yes, No),
        ["Items"] = Both(s => _ = s.Items, Yes, No),
        ["Count"] = Both(s => _ = s.Count, Yes, No),
        ["change in place"] = Hit(s => s.Get<Dictionary<string, int>>("d")?.Add("x", 1), Yes, No),
        ["Clear"] = Both(s => s.Clear(), Yes, Yes, loads: 0),
        ["Flush"] = Both(s => s.Flush(), Yes, Yes, loads: 0),
        ["CycleId"] = Both(s => s.CycleId(), Yes, Yes),
        ["SetTestCookie"] = Both(s => s.SetTestCookie(), Yes, Yes),
        ["TestCookieWorked"] = Both(s => _ = s.TestCookieWorked, Yes, No),
        ["DeleteTestCookie, absent"] = Both(s => s.DeleteTestCookie(), Yes, No, error: NotFound),
        ["DeleteTestCookie, present"] = Both(
            s =>
            {
                s.SetTestCookie();
                s.Modified = false;
                s.DeleteTestCookie();
            },
            Yes,
            Yes),
        ["SetExpiry, idle"] = Both(s => s.SetExpiry(TimeSpan.FromSeconds(10)), Yes, Yes),
        ["SetExpiry, moment"] = Both(s => s.SetExpiry(DateTimeOffset.MaxValue), Yes, Yes),
        ["SetExpiry, moment that has passed"] = Both(s => s.SetExpiry(DateTimeOffset.UnixEpoch), Yes, Yes, loads: 0),
        ["SetExpiryAtBrowserClose"] = Both(s => s.SetExpiryAtBrowserClose(), Yes, Yes),
        ["ResetExpiry, none set"] = Both(s => s.ResetExpiry(), Yes, No),
        ["ResetExpiry, one set"] = Both(
            s =>
            {
                s.SetExpiry(TimeSpan.FromSeconds(10));
                s.Modified = false;
                s.ResetExpiry();
            },
            Yes,
            Yes),
        ["GetExpiryAge"] = Both(s => s.GetExpiryAge(), Yes, No),
        ["GetExpiryDate"] = Both(s => s.GetExpiryDate(), Yes, No),
        ["ExpiresAtBrowserClose"] = Both(s => _ = s.ExpiresAtBrowserClose, Yes, No),
        ["typed Get, hit"] = Both(s => s.Get(K), Yes, No),
        ["typed Get, miss"] = Both(s => s.Get(Z), Yes, No),
        ["typed Set"] = Both(s => s.Set(K, 1), Yes, Yes),
        ["typed Pop, hit"] = Hit(s => s.Pop(K), Yes, Yes, NotFound),
        ["typed Pop, miss"] = Both(s => s.Pop(Z), Yes, No, error: NotFound),
        ["typed Remove, miss"] = Both(s => s.Remove(Z), Yes, No),
        ["typed ContainsKey"] = Both(s => s.ContainsKey(K), Yes, No),
        ["typed SetDefault, miss"] = Both(s => s.SetDefault(Z, 9), Yes, Yes),
    };

    public static TheoryData<string> Operations => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task On_a_stored_session(string operation)
    {
        var sessions = new TestSessions();
        var id = await sessions.StoreAsync(s =>
        {
            s.Set("k", 1);
            s.Set("d", new Dictionary<string, int>());
        });

        Check(sessions, sessions.At(id), Cases[operation].Stored);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void On_a_new_session(string operation)
    {
        var sessions = new TestSessions();

        Check(sessions, sessions.Create(), Cases[operation].New);
    }

    [Fact]
    public async Task A_load_by_the_framework_is_not_an_access()
    {
        var sessions = new TestSessions();
        var session = sessions.At(await sessions.StoreAsync(s => s.Set("k", 1)));

        await session.LoadAsync(TestContext.Current.CancellationToken);

        Assert.True(session.IsLoaded);
        Assert.False(session.Accessed);
        Assert.False(session.Modified);
    }

    private static void Check(TestSessions sessions, Session session, FlagCase expected)
    {
        Assert.Equal(expected.Error, Record.Exception(() => expected.Act(session))?.GetType());

        Assert.Equal(expected.Accessed, session.Accessed);
        Assert.Equal(expected.Modified, session.Modified);
        Assert.Equal(Enumerable.Repeat(nameof(ISessionStore.Load), expected.Loads), sessions.Store.Calls);
    }

    private static (FlagCase Stored, FlagCase New) Both(
        Action<Session> act, bool accessed, bool modified, int loads = 1, Type? error = null) =>
        (new(act, accessed, modified, loads, error), new(act, accessed, modified, Loads: 0, error));

    // The key is there only in the stored session.
    private static (FlagCase Stored, FlagCase New) Hit(Action<Session> act, bool accessed, bool modified, Type? errorOfMiss = null) =>
        (new(act, accessed, modified, Loads: 1), new(act, accessed, Modified: false, Loads: 0, errorOfMiss));
}
