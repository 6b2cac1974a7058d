namespace Sessions.Tests;

/// <summary>Objects that are handed out, changed, and marked or not.</summary>
public sealed class ChangedObjectTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task An_object_that_was_handed_out_stays_the_same_for_the_request()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 1 })));
        var list = session.Get<List<int>>("xs");

        session.Set("other", 1);
        await _sessions.SaveAsync(session);

        Assert.Same(list, session.Get<List<int>>("xs"));
        Assert.True(session.TryGet<List<int>>("xs", out var again));
        Assert.Same(list, again);
        Assert.Same(list, session.Pop<List<int>>("xs"));
    }

    [Fact]
    public async Task What_is_stored_is_what_a_value_was_when_it_was_set()
    {
        var (session, list) = (_sessions.Create(), new List<int> { 1 });

        session.Set("xs", list);
        list.Add(2);

        Assert.Same(list, session.Get<List<int>>("xs"));
        Assert.Equal([1], (await _sessions.ReopenAsync(session)).Get<List<int>>("xs"));
    }

    [Fact]
    public async Task An_object_that_was_changed_after_it_was_set_is_saved_if_the_session_is_marked()
    {
        var (session, list) = (_sessions.Create(), new List<int> { 1 });
        session.Set("xs", list);
        session["ys"] = new List<int> { 1 };

        list.Add(2);
        ((List<int>)session["ys"]!).Add(3);
        session.Modified = true;

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal([1, 2], next.Get<List<int>>("xs"));
        Assert.Equal([1, 3], next.Get<List<int>>("ys"));
    }

    [Fact]
    public async Task Untyped_lists_and_dictionaries_are_saved_if_the_session_is_marked()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s =>
        {
            s.Set("list", new List<int> { 1 });
            s.Set("map", new Dictionary<string, List<int>> { ["inner"] = [1] });
        }));

        ((List<object?>)session["list"]!).Add("two");
        ((List<object?>)((Dictionary<string, object?>)session["map"]!)["inner"]!).Add(null);
        session.Modified = true;

        var next = await _sessions.ReopenAsync(session);
        Assert.Equal([1L, "two"], Assert.IsType<List<object?>>(next["list"]));
        Assert.Equal([1, null], next.Get<Dictionary<string, List<int?>>>("map")!["inner"]);
    }

    [Fact]
    public async Task Changes_go_on_being_found_after_a_save()
    {
        var id = await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 1 }));
        var session = await _sessions.OpenAsync(id);
        for (var i = 2; i < 5; i++)
        {
            session.Get<List<int>>("xs")!.Add(i);
            session.Modified = true;
            await _sessions.SaveAsync(session);
        }

        Assert.Equal("[1,2,3,4]", _sessions.Stored(id, "xs"));
    }

    [Fact]
    public async Task A_popped_object_is_nobodys_any_more()
    {
        var id = await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 1 }));
        var session = await _sessions.OpenAsync(id);

        session.Pop<List<int>>("xs").Add(2);
        session.Modified = true;

        Assert.False((await _sessions.ReopenAsync(session)).ContainsKey("xs"));
    }

    [Fact]
    public async Task An_object_whose_key_is_removed_or_cleared_does_not_come_back()
    {
        var id = await _sessions.StoreAsync(s =>
        {
            s.Set("xs", new List<int> { 1 });
            s.Set("ys", new List<int> { 1 });
        });
        var session = await _sessions.OpenAsync(id);
        session.Get<List<int>>("xs")!.Add(2);
        session.Get<List<int>>("ys")!.Add(2);

        session.Remove("xs");
        session.Modified = true;
        await _sessions.SaveAsync(session);
        Assert.Equal(["ys"], (await _sessions.OpenAsync(id)).Keys);

        session.Get<List<int>>("ys")!.Add(3);
        session.Clear();
        session.Modified = true;
        Assert.Empty((await _sessions.ReopenAsync(session)).Keys);
    }

    [Fact]
    public async Task Modified_false_after_a_change_discards_it()
    {
        var id = await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 1 }));
        var session = await _sessions.OpenAsync(id);
        session.Get<List<int>>("xs")!.Add(2);

        session.Modified = true;
        session.Modified = false;
        await _sessions.SaveAsync(session);

        Assert.Equal("[1]", _sessions.Stored(id, "xs"));
    }

    [Fact]
    public async Task An_object_that_can_only_be_encoded_is_saved_if_it_was_changed_and_the_session_marked()
    {
        var (session, value) = (_sessions.Create(), new WriteOnly());
        session.Set("w", value);
        await _sessions.SaveAsync(session);

        value.Number = 5;
        session.Modified = true;
        await _sessions.SaveAsync(session);

        Assert.Contains("\"Number\":5", _sessions.Stored(session.Id!.Value, "w"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_object_lost_in_place_is_saved_even_if_decoding_would_not_bring_it_back()
    {
        var (session, value) = (_sessions.Create(), new Unsettable { Numbers = { 1 } });
        session.Set("u", value);

        value.Numbers.Clear();
        session.Modified = true;
        await _sessions.SaveAsync(session);

        Assert.Equal("""{"Numbers":[]}""", _sessions.Stored(session.Id!.Value, "u"));
    }

    [Fact]
    public async Task A_change_in_place_is_not_taken_back_by_another_view_of_the_same_value()
    {
        var id = await _sessions.StoreAsync(s => s.Set("xs", new List<int> { 1 }));
        var session = await _sessions.OpenAsync(id);
        _ = (session.Get<int[]>("xs"), session.Items);

        session.Get<List<int>>("xs")!.Add(2);
        session.Modified = true;
        await _sessions.SaveAsync(session);
        Assert.Equal("[1,2]", _sessions.Stored(id, "xs"));

        session.Set("other", 1);
        session.Modified = true;
        await _sessions.SaveAsync(session);
        Assert.Equal("[1,2]", _sessions.Stored(id, "xs"));
        Assert.Equal([1, 2], session.Get<int[]>("xs")!);
    }

    [Fact]
    public async Task An_object_that_outgrows_the_session_in_place_fails_the_save()
    {
        var sessions = new TestSessions(options => options.MaxPayloadBytes = 50);
        var id = await sessions.StoreAsync(s => s.Set("text", new List<string> { "short" }));
        var session = await sessions.OpenAsync(id);

        session.Get<List<string>>("text")!.Add(new string('x', 50));
        session.Modified = true;
        await Assert.ThrowsAsync<SessionTooLargeException>(() => sessions.SaveAsync(session));

        Assert.Equal("""["short"]""", sessions.Stored(id, "text"));
    }

    /// <summary>Its list has no setter, so that decoding leaves it empty.</summary>
    private sealed class Unsettable
    {
        public List<int> Numbers { get; } = [];
    }
}
