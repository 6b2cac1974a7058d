namespace Sessions.Tests;

public sealed class SessionTypeTests
{
    private const string Secret = "hunter2";
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task A_value_can_be_read_as_another_type_in_this_request_as_in_the_next()
    {
        var session = _sessions.Create();
        session.Set("n", 1);
        session.Set("whole", 2.0);
        session.Set("day", "2026-05-13");
        session.Set("xs", new List<int> { 1, 2 });

        Check(session);
        Check(await _sessions.ReopenAsync(session));

        static void Check(Session session)
        {
            Assert.Equal(1L, session.Get<long>("n"));
            Assert.Equal(1, session.Get<int?>("n"));
            Assert.Equal(1.0, session.Get<double>("n"));
            Assert.Equal(1m, session.Get<decimal>("n"));
            Assert.Equal(DayOfWeek.Monday, session.Get<DayOfWeek>("n"));
            Assert.Equal(2, session.Get<int>("whole"));
            Assert.Equal(new DateOnly(2026, 5, 13), session.Get<DateOnly>("day"));
            Assert.Equal([1, 2], session.Get<int[]>("xs")!);
            Assert.Equal([1L, 2L], session.Get<HashSet<long>>("xs")!);
        }
    }

    [Fact]
    public async Task A_value_that_does_not_fit_the_type_is_an_error_in_this_request_as_in_the_next()
    {
        var session = _sessions.Create();
        session.Set("text", Secret);
        session.Set("n", 300);
        session.Set("list", new List<string> { Secret });
        session.Set("map", new Dictionary<string, string> { ["password"] = Secret });
        session.Set("yes", true);
        session.Set<string?>("null", null);

        Check(session);
        Check(await _sessions.ReopenAsync(session));

        static void Check(Session session)
        {
            AssertUnreadable<int>(session, "text", "string");
            AssertUnreadable<string>(session, "n", "number");
            AssertUnreadable<byte>(session, "n", "number");
            AssertUnreadable<int>(session, "list", "array");
            AssertUnreadable<int>(session, "map", "object");
            AssertUnreadable<int>(session, "yes", "boolean");
            AssertUnreadable<int>(session, "null", "null");
        }
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_stays_as_it_was()
    {
        var id = await _sessions.StoreAsync(s => s.Set("text", Secret));
        var session = await _sessions.OpenAsync(id);

        Assert.Throws<SessionValueException>(() => session.Get<int>("text"));
        Assert.Throws<SessionValueException>(() => session.Pop<int>("text"));
        Assert.Throws<SessionValueException>(() => session.SetDefault("text", 1));

        Assert.False(session.Modified);
        Assert.Equal(Secret, session.Get<string>("text"));
        await _sessions.SaveAsync(session);
        Assert.Equal($"\"{Secret}\"", _sessions.Stored(id, "text"));
    }

    [Fact]
    public async Task Bytes_that_are_no_value_are_an_error_that_names_the_key()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreBytesAsync(("bad", [.. "[1"u8]), ("none", []), ("junk", [0xFF])));

        AssertUnreadable<List<int>>(session, "bad", "array");
        foreach (var key in new[] { "bad", "none", "junk" })
        {
            Assert.Equal(key, Assert.Throws<SessionValueException>(() => session.Get<int>(key)).Key);
            Assert.Equal(key, Assert.Throws<SessionValueException>(() => session[key]).Key);
        }
    }

    [Fact]
    public async Task A_stored_null_is_a_value()
    {
        var session = _sessions.Create();
        session.Set<string?>("s", null);
        session.Set<int?>("n", null);
        session["o"] = null;

        Check(session);
        Check(await _sessions.ReopenAsync(session));

        static void Check(Session session)
        {
            foreach (var key in new[] { "s", "n", "o" })
            {
                Assert.True(session.ContainsKey(key));
                Assert.Null(session[key]);
                Assert.Null(session.Get<int?>(key));
                Assert.Null(session.Get<string>(key));
                Assert.Null(session.Get<List<int>>(key));
                Assert.True(session.TryGet<int?>(key, out _));
                Assert.Null(session.Get<int?>(key, 7));
                Assert.Throws<SessionValueException>(() => session.Get<int>(key));
                Assert.Throws<SessionValueException>(() => session.Get(key, 7));
                Assert.Throws<SessionValueException>(() => session.TryGet<int>(key, out _));
            }
        }
    }

    [Fact]
    public async Task Without_a_type_a_stored_value_is_one_of_seven_plain_types()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
        {
            s.Set("null", (string?)null);
            s.Set("bool", true);
            s.Set("string", "text");
            s.Set("int", 1);
            s.Set("long", long.MaxValue);
            s.Set("huge", ulong.MaxValue);
            s.Set("double", 1.5);
            s.Set("decimal", 0.1m);
            s.Set("date", new DateOnly(2026, 5, 13));
            s.Set("list", new List<object?> { 1, "two", null, new List<int> { 3 } });
            s.Set("map", new Basket { Owner = "Ada", Lines = { "tea" } });
        }));

        Assert.Null(session["null"]);
        Assert.Equal(true, session["bool"]);
        Assert.Equal("text", session["string"]);
        Assert.Equal(1L, session["int"]);
        Assert.Equal(long.MaxValue, session["long"]);
        Assert.Equal((double)ulong.MaxValue, session["huge"]);
        Assert.Equal(1.5, session["double"]);
        Assert.Equal(0.1, session["decimal"]);
        Assert.Equal("2026-05-13", session["date"]);
        var list = Assert.IsType<List<object?>>(session["list"]);
        Assert.Equal([1L, "two", null, new List<object?> { 3L }], list);
        var map = Assert.IsType<Dictionary<string, object?>>(session["map"]);
        Assert.Equal("Ada", map["Owner"]);
        Assert.Equal(["tea"], Assert.IsType<List<object?>>(map["Lines"]));
        Assert.Equal(session.Values, session.Keys.Select(key => session[key]));
    }

    [Fact]
    public void Without_a_type_a_value_that_this_request_set_is_what_it_set()
    {
        var (session, basket) = (_sessions.Create(), new Basket());
        session.Set("n", 1);
        session["basket"] = basket;
        session.Set("day", new DateOnly(2026, 5, 13));

        Assert.Equal(1, session["n"]);
        Assert.Same(basket, session["basket"]);
        Assert.Same(basket, session.Get<Basket>("basket"));
        Assert.Equal(new DateOnly(2026, 5, 13), session["day"]);
    }

    [Fact]
    public void Without_a_type_a_value_that_this_request_set_stays_what_it_set_after_it_was_read_as_another_type()
    {
        var (session, list) = (_sessions.Create(), new List<int> { 1 });
        session.Set("n", 1);
        session.Set("day", "2026-05-13");
        session.Set("xs", list);

        session.Get<DayOfWeek>("n");
        session.Get<DateOnly>("day");
        session.Get<int[]>("xs");

        Assert.Equal(1, session["n"]);
        Assert.Equal("2026-05-13", session["day"]);
        Assert.Same(list, session["xs"]);
    }

    [Fact]
    public void Without_a_type_a_value_is_plain_or_what_this_request_set_whatever_it_was_read_as_before()
    {
        var session = _sessions.Create();
        session.Set("pair", (1, 2));

        Assert.Equal(1, session.Get<Dictionary<string, int>>("pair")!["Item1"]);

        var value = session["pair"];
        Assert.True(value is Dictionary<string, object?> or (int, int), $"{value?.GetType()}");
    }

    private static void AssertUnreadable<T>(Session session, string key, string kind)
    {
        var fallback = default(T)!;
        Action[] reads =
        [
            () => session.Get<T>(key),
            () => session.Get(key, fallback),
            () => session.TryGet<T>(key, out _),
            () => session.Pop<T>(key),
        ];
        foreach (var read in reads)
        {
            var error = Assert.Throws<SessionValueException>(read);
            Assert.Equal(key, error.Key);
            Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
            Assert.Contains(kind, error.Message, StringComparison.Ordinal);
            Assert.Contains(typeof(T).ToString(), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("300", error.Message, StringComparison.Ordinal);
        }
    }
}
