using Microsoft.Extensions.Logging;

namespace Sessions.Tests;

/// <summary>Values that are changed in place.</summary>
public sealed class NestedMutationTests
{
    [Fact]
    public async Task Ignored_changes_are_lost_silently()
    {
        var (sessions, id, session) = await ChangedAsync(NestedMutations.Ignore);

        await sessions.SaveAsync(session);

        Assert.Equal("[1]", sessions.Stored(id, "xs"));
        Assert.Empty(sessions.Store.Calls);
        Assert.Empty(sessions.Logs.GetSnapshot());
    }

    [Fact]
    public async Task Warned_of_changes_are_lost_and_the_warning_names_the_key()
    {
        var (sessions, id, session) = await ChangedAsync(NestedMutations.Warn);

        await sessions.SaveAsync(session);

        Assert.Equal("[1]", sessions.Stored(id, "xs"));
        var warning = Assert.Single(sessions.Logs.GetSnapshot());
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("'xs'", warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("777", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_warned_of_once()
    {
        var (sessions, _, session) = await ChangedAsync(NestedMutations.Warn);

        await sessions.SaveAsync(session);
        session.Set("other", 1);
        await sessions.SaveAsync(session);
        Assert.Single(sessions.Logs.GetSnapshot());

        session.Get<Basket>("basket")!.Lines.Add("tea");
        await sessions.SaveAsync(session);
        Assert.Equal(2, sessions.Logs.Count);
    }

    [Fact]
    public async Task Saved_changes_are_saved_as_if_the_value_had_been_set()
    {
        var (sessions, id, session) = await ChangedAsync(NestedMutations.Save);

        await sessions.SaveAsync(session);

        Assert.Equal("[1,777]", sessions.Stored(id, "xs"));
        Assert.Equal(["xs"], sessions.Store.LastDelta!.Set.Select(entry => entry.Key));
        Assert.Empty(sessions.Logs.GetSnapshot());
    }

    [Fact]
    public async Task Changes_that_throw_fail_the_save_and_name_the_key()
    {
        var (sessions, id, session) = await ChangedAsync(NestedMutations.Throw);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => sessions.SaveAsync(session));

        Assert.Contains("'xs'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("777", error.Message, StringComparison.Ordinal);
        Assert.Equal("[1]", sessions.Stored(id, "xs"));
    }

    [Theory]
    [InlineData(NestedMutations.Ignore)]
    [InlineData(NestedMutations.Warn)]
    [InlineData(NestedMutations.Save)]
    [InlineData(NestedMutations.Throw)]
    public async Task Under_every_policy_Modified_saves_the_changed_value_and_no_other(NestedMutations policy)
    {
        var (sessions, id, session) = await ChangedAsync(policy);
        session.Get<Basket>("basket");
        session.Get<int>("n");

        session.Modified = true;
        await sessions.SaveAsync(session);

        Assert.Equal("[1,777]", sessions.Stored(id, "xs"));
        Assert.Equal(["xs"], sessions.Store.LastDelta!.Set.Select(entry => entry.Key));
        Assert.Empty(sessions.Logs.GetSnapshot());
    }

    [Fact]
    public async Task Modified_counts_at_any_time_of_the_request()
    {
        var (sessions, id) = await StoreAsync(NestedMutations.Ignore);
        var session = await sessions.OpenAsync(id);

        session.Modified = true;
        session.Get<List<int>>("xs")!.Add(2);
        session.Set("other", 1);
        session.Get<Basket>("basket")!.Lines.Add("tea");
        await sessions.SaveAsync(session);

        var next = await sessions.OpenAsync(id);
        Assert.Equal([1, 2], next.Get<List<int>>("xs"));
        Assert.Equal(["tea"], next.Get<Basket>("basket")!.Lines);
        Assert.Equal(1, next.Get<int>("other"));
    }

    [Fact]
    public async Task A_write_of_another_key_does_not_save_the_change()
    {
        var (sessions, id, session) = await ChangedAsync(NestedMutations.Ignore);

        session.Set("other", 1);
        await sessions.SaveAsync(session);

        Assert.Equal("[1]", sessions.Stored(id, "xs"));
        Assert.Equal("1", sessions.Stored(id, "other"));
        Assert.Equal([1, 777], session.Get<List<int>>("xs"));
    }

    [Theory]
    [InlineData(NestedMutations.Warn)]
    [InlineData(NestedMutations.Throw)]
    public async Task A_value_that_was_changed_and_set_again_is_saved_without_complaint(NestedMutations policy)
    {
        var (sessions, id, session) = await ChangedAsync(policy);

        session.Set("xs", session.Get<List<int>>("xs"));
        await sessions.SaveAsync(session);

        Assert.Equal("[1,777]", sessions.Stored(id, "xs"));
        Assert.Empty(sessions.Logs.GetSnapshot());
    }

    [Theory]
    [InlineData(NestedMutations.Save)]
    [InlineData(NestedMutations.Throw)]
    public async Task Values_that_were_only_read_are_not_changed(NestedMutations policy)
    {
        var (sessions, id) = await StoreAsync(policy);
        var session = await sessions.OpenAsync(id);
        sessions.Store.Calls.Clear();

        _ = (session.Get<List<int>>("xs"), session.Get<Basket>("basket"), session.Items, session.Get<int[]>("xs"));
        await sessions.SaveAsync(session);

        Assert.Empty(sessions.Store.Calls);
    }

    [Fact]
    public async Task A_value_that_was_changed_and_changed_back_is_not_changed()
    {
        var (sessions, _, session) = await ChangedAsync(NestedMutations.Throw);

        session.Get<List<int>>("xs")!.Remove(777);
        await sessions.SaveAsync(session);

        Assert.Empty(sessions.Store.Calls);
    }

    [Fact]
    public async Task Bytes_that_others_wrote_in_their_own_way_are_not_a_change()
    {
        var sessions = new TestSessions(options => options.NestedMutations = NestedMutations.Throw);
        var id = await sessions.StoreBytesAsync(
            ("xs", [.. " [ 1.0, 2e0 ] "u8]), ("basket", [.. """{"Former":1,"Lines":["a"],"Owner":"\u0041"}"""u8]));
        var session = await sessions.OpenAsync(id);

        session.Get<List<double>>("xs");
        session.Get<Basket>("basket");
        await sessions.SaveAsync(session);
        session.Modified = true;
        await sessions.SaveAsync(session);

        Assert.Equal(" [ 1.0, 2e0 ] ", sessions.Stored(id, "xs"));
        Assert.Empty(sessions.Store.LastDelta!.Set);
    }

    [Fact]
    public async Task Values_that_cannot_change_are_not_encoded_again()
    {
        var sessions = new TestSessions();
        var session = await sessions.OpenAsync(await sessions.StoreAsync(s =>
        {
            s.Set("n", 1);
            s.Set("s", "text");
            s.Set("d", new DateOnly(2026, 5, 13));
        }));

        _ = (session.Get<int>("n"), session.Get<string>("s"), session.Get<DateOnly?>("d"), session.Items);
        session.Modified = true;
        await sessions.SaveAsync(session);

        Assert.Equal(0, sessions.Serializer.Encodings);
    }

    private static async Task<(TestSessions Sessions, SessionId Id)> StoreAsync(NestedMutations policy)
    {
        var sessions = new TestSessions(options => options.NestedMutations = policy);
        return (sessions, await sessions.StoreAsync(s =>
        {
            s.Set("xs", new List<int> { 1 });
            s.Set("basket", new Basket());
            s.Set("n", 1);
        }));
    }

    private static async Task<(TestSessions Sessions, SessionId Id, Session Session)> ChangedAsync(NestedMutations policy)
    {
        var (sessions, id) = await StoreAsync(policy);
        var session = await sessions.OpenAsync(id);
        session.Get<List<int>>("xs")!.Add(777);
        sessions.Store.Calls.Clear();
        return (sessions, id, session);
    }
}
