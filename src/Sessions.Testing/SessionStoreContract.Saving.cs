using System.Text;

namespace Sessions;

/// <content>Saving.</content>
public abstract partial class SessionStoreContract
{
    [Fact]
    public async Task A_save_sets_adds_and_removes_keys()
    {
        var record = NewRecord(("a", "1"), ("b", "2"), ("c", "3"));
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromHours(1));

        var result = await Store.SaveAsync(id, Change(record, set: [("c", "30"), ("d", "4")], remove: ["a"]), Cancel);

        Assert.Equal(SessionStoreOutcome.Done, result.Outcome);
        AssertEntries(result.Record, ("b", "2"), ("c", "30"), ("d", "4"));
        Assert.Equal(record.Version + 1, result.Record?.Version);
        Assert.Equal(record.CreatedAt, result.Record?.CreatedAt);
        Assert.Equal(Now + CookieAge, result.Record?.ExpiresAt);
        AssertSame(result.Record!, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Saves_of_different_keys_from_one_version_both_survive()
    {
        var record = NewRecord(("base", "0"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, set: [("a", "1")]), Cancel);
        var result = await Store.SaveAsync(id, Change(record, set: [("b", "2")]), Cancel);

        AssertEntries(result.Record, ("base", "0"), ("a", "1"), ("b", "2"));
        Assert.Equal(record.Version + 2, result.Record?.Version);
        AssertSame(result.Record!, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task On_the_same_key_the_later_save_wins()
    {
        var record = NewRecord(("a", "0"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, set: [("a", "earlier")]), Cancel);
        await Store.SaveAsync(id, Change(record, set: [("a", "later")]), Cancel);

        AssertEntries(await LiveAsync(id), ("a", "later"));
    }

    [Fact]
    public async Task A_key_that_one_request_removed_stays_removed_when_another_saves()
    {
        var record = NewRecord(("a", "1"), ("b", "2"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, remove: ["a"]), Cancel);
        await Store.SaveAsync(id, Change(record, set: [("b", "20")]), Cancel);

        AssertEntries(await LiveAsync(id), ("b", "20"));
    }

    [Fact]
    public async Task A_later_removal_wins_over_an_earlier_write_of_the_key()
    {
        var record = NewRecord(("a", "1"), ("b", "2"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, set: [("a", "10")]), Cancel);
        await Store.SaveAsync(id, Change(record, remove: ["a", "unknown"]), Cancel);

        AssertEntries(await LiveAsync(id), ("b", "2"));
    }

    [Fact]
    public async Task A_cleared_session_loses_what_others_stored_meanwhile()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);

        await Store.SaveAsync(id, Change(record, set: [("b", "2")]), Cancel);
        await Store.SaveAsync(id, Change(record, set: [("c", "3")], clear: true), Cancel);

        AssertEntries(await LiveAsync(id), ("c", "3"));
    }

    [Fact]
    public async Task Saving_a_cleared_session_is_a_write_and_keeps_the_session()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));

        var result = await Store.SaveAsync(id, Change(clear: true), Cancel);

        Assert.Equal(SessionStoreOutcome.Done, result.Outcome);
        AssertEntries(await LiveAsync(id));
        Assert.True(await Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public async Task A_save_by_a_request_that_read_nothing_merges_with_what_is_stored()
    {
        var id = await StoreAsync(NewRecord(("a", "1"), ("b", "2")));

        await Store.SaveAsync(id, Change(from: null, set: [("b", "20")]), Cancel);

        AssertEntries(await LiveAsync(id), ("a", "1"), ("b", "20"));
    }

    [Fact]
    public async Task A_save_without_changes_counts_and_renews()
    {
        var record = NewRecord(("a", "1"));
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromDays(13));

        await Store.SaveAsync(id, Change(record), Cancel);

        var saved = await LiveAsync(id);
        AssertEntries(saved, ("a", "1"));
        Assert.Equal(record.Version + 1, saved.Version);
        Assert.Equal(Now + CookieAge, saved.ExpiresAt);
    }

    [Fact]
    public async Task Entries_that_a_save_does_not_name_stay_byte_for_byte()
    {
        byte[] odd = [0xFF, 0x00, 0xC3, 0x28, (byte)'{'];
        var id = await StoreAsync(WithOdd("1"));

        await Store.SaveAsync(id, Change(set: [("a", "2")]), Cancel);

        Assert.Equal(WithOdd("2").Payload.ToArray(), (await LiveAsync(id)).Payload.ToArray());

        SessionRecord WithOdd(string a) => new SessionDelta
        {
            Set = [Entry("odd", odd), Entry("a", Encoding.UTF8.GetBytes(a))],
            Now = Now,
            Lifetime = new SessionLifetime(CookieAge, null),
        }.Apply(null);
    }

    [Fact]
    public async Task Only_a_live_session_is_saved()
    {
        string[] dead = [NewId(), await StoreDeletedAsync(), await StoreExpiredAsync()];
        foreach (var id in dead)
        {
            var result = await Store.SaveAsync(id, Change(NewRecord(("a", "1")), set: [("b", "2")]), Cancel);

            Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Missing), result);
            await AssertUnknownAsync(id);
        }
    }

    [Fact]
    public async Task A_retired_id_is_not_saved()
    {
        var id = await StoreRetiredAsync();

        var result = await Store.SaveAsync(id, Change(NewRecord(("a", "1")), set: [("b", "2")]), Cancel);

        Assert.Equal(new SessionStoreResult(SessionStoreOutcome.Retired), result);
        Assert.True(await IsRetiredAsync(id));
    }
}
