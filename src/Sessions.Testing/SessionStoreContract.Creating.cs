namespace Sessions;

/// <content>Creating, loading and asking.</content>
public abstract partial class SessionStoreContract
{
    [Fact]
    public async Task A_created_record_loads_as_it_was()
    {
        var record = NewRecord(("name", "Ada"), ("größe", "☃"), ("empty", ""));
        var id = await StoreAsync(record);
        Time.Advance(TimeSpan.FromHours(1));

        AssertSame(record, await Store.LoadAsync(id, Cancel));
        AssertSame(record, Store.Load(id));
        Assert.True(await Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public async Task Every_byte_of_a_value_is_kept()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var record = new SessionDelta
        {
            Set = [Entry("all", bytes), Entry("none", []), Entry("zero", [0])],
            Now = Now,
            Lifetime = new SessionLifetime(CookieAge, null),
        }.Apply(null);

        var id = await StoreAsync(record);

        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task A_large_record_is_kept_whole()
    {
        var record = NewRecord(("large", new string('x', 300_000)), ("small", "1"));

        var id = await StoreAsync(record);

        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Many_entries_keep_their_order()
    {
        (string, string)[] entries = [.. Enumerable.Range(0, 300).Select(i => ($"key{i * 7919 % 1000}", new string('v', i)))];
        var id = await StoreAsync(NewRecord(entries));

        var saved = await Store.SaveAsync(id, Change(set: [("last", "1")]), Cancel);

        AssertEntries(saved.Record, [.. entries, ("last", "1")]);
        AssertEntries(await LiveAsync(id), [.. entries, ("last", "1")]);
    }

    [Fact]
    public async Task A_session_without_entries_is_kept()
    {
        var record = NewRecord();

        var id = await StoreAsync(record);

        AssertSame(record, await Store.LoadAsync(id, Cancel));
        Assert.True(await Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public async Task Creating_over_a_live_record_leaves_it_as_it_is()
    {
        var record = NewRecord(("a", "first"));
        var id = await StoreAsync(record);

        Assert.False(await Store.CreateAsync(id, NewRecord(("a", "second")), Cancel));

        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Creating_over_a_retired_id_is_refused()
    {
        var id = await StoreRetiredAsync();

        Assert.False(await Store.CreateAsync(id, NewRecord(("a", "second")), Cancel));

        Assert.True(await IsRetiredAsync(id));
    }

    [Fact]
    public async Task Creating_over_an_expired_record_never_brings_that_back()
    {
        var id = await StoreExpiredAsync();
        var record = NewRecord(("b", "2"));

        if (await Store.CreateAsync(id, record, Cancel))
            AssertSame(record, await Store.LoadAsync(id, Cancel));
        else
            await AssertUnknownAsync(id);
    }

    [Fact]
    public async Task A_deleted_id_is_free_again()
    {
        var id = await StoreDeletedAsync();
        var record = NewRecord(("b", "2"));

        Assert.True(await Store.CreateAsync(id, record, Cancel));

        AssertSame(record, await Store.LoadAsync(id, Cancel));
    }

    [Fact]
    public async Task Loading_an_unknown_id_creates_nothing()
    {
        var id = NewId();

        await AssertUnknownAsync(id);
        await AssertUnknownAsync(id);

        Assert.True(await Store.CreateAsync(id, NewRecord(("a", "1")), Cancel));
    }

    [Fact]
    public async Task A_record_is_missing_from_the_moment_at_which_it_expires()
    {
        var id = await StoreAsync(Change(set: [("a", "1")], expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))).Apply(null));

        Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.True(Holds(await LiveAsync(id), "a", "1"));

        Time.Advance(TimeSpan.FromSeconds(1));
        await AssertUnknownAsync(id);
    }

    [Fact]
    public async Task A_retired_id_loads_as_a_tombstone_without_data()
    {
        var id = await StoreRetiredAsync();

        var loaded = await Store.LoadAsync(id, Cancel);

        Assert.True(loaded?.IsRetired);
        Assert.Equal(0, loaded?.Payload.Length);
        Assert.True(Store.Load(id)?.IsRetired);
        Assert.False(await Store.ExistsAsync(id, Cancel));
    }

    [Fact]
    public async Task Ids_are_compared_whole()
    {
        var id = $"v1.{new string('a', 77)}";
        Assert.True(await Store.CreateAsync(id, NewRecord(("a", "1")), Cancel));

        await AssertUnknownAsync(id[..^1]);
        await AssertUnknownAsync($"{id[..^1]}b");
        await AssertUnknownAsync($"v2{id[2..]}");
        AssertEntries(await LiveAsync(id), ("a", "1"));
    }
}
