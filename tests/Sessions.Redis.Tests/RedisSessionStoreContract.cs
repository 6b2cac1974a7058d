using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>What holds on a single server and on a cluster.</summary>
public abstract class RedisSessionStoreContract(string configuration) : SessionStoreContract
{
    private ServiceProvider? _services;

    protected string Prefix { get; } = RedisFixture.NewPrefix();

    protected override bool KeepsExpired => false;

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_server_whose_clock_is_ahead_keeps_what_has_not_expired()
    {
        Time.AdjustTime(Now.AddMinutes(-2));
        var id = await StoreRetiredAsync();

        Assert.True((await Store.LoadAsync(id, Cancel))?.IsRetired);
    }

    [Fact]
    public async Task Every_record_is_listed_with_its_id()
    {
        var ids = new List<string>();
        for (var i = 0; i < 250; i++)
            ids.Add(await StoreAsync(NewRecord(("n", $"{i}"))));
        var newId = NewId();
        await Store.RotateAsync(ids[0], newId, Change(), Cancel);

        var listed = new Dictionary<string, SessionRecord>();
        await foreach (var (id, record) in ((IListableSessionStore)Store).ListAsync(Cancel))
            listed.Add(id, record);

        Assert.Equal([.. ids.Append(newId).Order()], listed.Keys.Order());
        Assert.True(listed[ids[0]].IsRetired);
        AssertSame(await LiveAsync(newId), listed[newId]);
        AssertSame(await LiveAsync(ids[1]), listed[ids[1]]);
    }

    [Fact]
    public async Task A_part_of_a_session_is_read_in_its_order()
    {
        var id = await StoreAsync(NewRecord(("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")));

        var part = await Store.LoadPartAsync(id, ["d", "unknown", "b"], Cancel);

        Assert.Equal(["d", "unknown", "b"], part!.LoadedKeys);
        Assert.Equal(4 * SessionPayloadWriter.SizeOf("a", 1), part.TotalBytes);
        AssertSame(WithPayload(await LiveAsync(id), NewRecord(("b", "2"), ("d", "4")).Payload), part);
    }

    [Fact]
    public async Task A_part_is_live_retired_or_missing_as_the_whole_is()
    {
        var (retired, expired) = (await StoreRetiredAsync(), NewId());

        Assert.True((await Store.LoadPartAsync(retired, ["a"], Cancel))!.IsRetired);
        Assert.Null(await Store.LoadPartAsync(expired, ["a"], Cancel));
        Assert.Null(await Store.LoadPartAsync(await StoreExpiredAsync(), ["a"], Cancel));
        Assert.NotNull(await Store.LoadPartAsync(await StoreAsync(NewRecord(("b", "2"))), [], Cancel));
    }

    [Fact]
    public async Task A_save_of_a_part_gives_that_part_and_changes_nothing_else()
    {
        var id = await StoreAsync(NewRecord(("a", "1"), ("b", "2"), ("c", "3")));
        var part = await Store.LoadPartAsync(id, ["a", "b", "new"], Cancel);

        var saved = (await Store.SaveAsync(id, Change(part, set: [("a", "10"), ("new", "4")], remove: ["b"]), Cancel)).Record!;

        var whole = await LiveAsync(id);
        AssertSame(WithPayload(whole, NewRecord(("a", "10"), ("new", "4")).Payload), saved);
        Assert.Equal(NewRecord(("a", "10"), ("c", "3"), ("new", "4")).Payload.ToArray(), whole.Payload.ToArray());
        Assert.Equal(SessionPayload.ParseOrEmpty(whole.Payload).Size, saved.TotalBytes);
        Assert.Equal((await Store.LoadPartAsync(id, part!.LoadedKeys!, Cancel))!.TotalBytes, saved.TotalBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_a_save_knows_of_the_record_what_is_stored_is_the_merge(int seed)
    {
        var random = new Random(seed);
        string[] keys = ["a", "b", "c", "d", "e"];
        var id = await StoreAsync(NewRecord(("a", "1")));
        var stale = await Store.LoadAsync(id, Cancel);
        for (var i = 0; i < 50; i++)
        {
            var read = random.Next(4) switch
            {
                0 => stale,
                1 => await Store.LoadAsync(id, Cancel),
                2 => await Store.LoadPartAsync(id, Some(), Cancel),
                _ => null,
            };
            var set = Some();
            var removed = random.Next(3) == 0 ? Some().Except(set) : [];
            var delta = Change(read, set: [.. set.Select(key => (key, new string('x', random.Next(200))))], remove: [.. removed]);
            var expected = delta.Apply(await LiveAsync(id));

            await Store.SaveAsync(id, delta, Cancel);

            var stored = await LiveAsync(id);
            AssertSame(expected, stored);
            Assert.Equal(SessionPayload.ParseOrEmpty(stored.Payload).Size, (await Store.LoadPartAsync(id, [], Cancel))!.TotalBytes);
            stale = random.Next(2) == 0 ? stored : stale;
        }

        string[] Some() => [.. keys.Where(_ => random.Next(2) == 0)];
    }

    [Fact]
    public async Task A_rotation_of_a_part_takes_all_along()
    {
        var (id, newId) = (await StoreAsync(NewRecord(("a", "1"), ("b", "2"))), NewId());
        var part = await Store.LoadPartAsync(id, ["a"], Cancel);

        var result = await Store.RotateAsync(id, newId, Change(part, set: [("a", "10")]), Cancel);

        Assert.Null(result.Record?.LoadedKeys);
        Assert.Equal(NewRecord(("a", "10"), ("b", "2")).Payload.ToArray(), (await LiveAsync(newId)).Payload.ToArray());
    }

    [Fact]
    public async Task What_others_stored_meanwhile_counts_towards_the_limit()
    {
        var record = NewRecord(("a", new string('x', 50)));
        var id = await StoreAsync(record);
        await Store.SaveAsync(id, Limited(record, "b", 300), Cancel);

        await Assert.ThrowsAsync<SessionTooLargeException>(async () => await Store.SaveAsync(id, Limited(record, "c", 300), Cancel));

        Assert.Equal(["a", "b"], SessionPayload.ParseOrEmpty((await LiveAsync(id)).Payload).Entries().Select(entry => entry.Key));
        Assert.Equal(SessionStoreOutcome.Done, (await Store.SaveAsync(id, Limited(record, "b", 400), Cancel)).Outcome);
        Assert.Equal(2, SessionPayload.ParseOrEmpty((await LiveAsync(id)).Payload).Count);
    }

    protected override ISessionStore CreateStore(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddTypedSessions().StoreInRedis(configuration, options => options.KeyPrefix = Prefix);
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<ISessionStore>();
    }

    private static SessionRecord WithPayload(SessionRecord record, ReadOnlyMemory<byte> payload) => new()
    {
        Payload = payload,
        Version = record.Version,
        CreatedAt = record.CreatedAt,
        ExpiresAt = record.ExpiresAt,
    };

    private SessionDelta Limited(SessionRecord from, string key, int length) => new()
    {
        Base = from,
        Set = [new(key, new byte[length])],
        Now = Now,
        Lifetime = new SessionLifetime(TimeSpan.FromDays(14), null),
        MaxPayloadBytes = 500,
    };
}
