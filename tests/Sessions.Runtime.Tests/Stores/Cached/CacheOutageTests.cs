using Microsoft.Extensions.Logging;

namespace Sessions.Tests;

/// <summary>A cache that is down, or does not answer, and one that comes back.</summary>
public sealed class CacheOutageTests : CachedTests
{
    [Fact]
    public async Task A_cache_that_is_down_fails_nothing_and_is_logged_once()
    {
        var (id, record) = await StoreAsync();
        Fail(A);

        await UseAsync(id, record);

        Assert.Equal([LogLevel.Warning], A.Logged);
    }

    [Fact]
    public async Task A_cache_that_does_not_answer_is_waited_for_once_and_logged_once()
    {
        var (id, record) = await StoreAsync();
        A.Cache.Before = _ => new TaskCompletionSource().Task;

        var reads = Enumerable.Range(0, 10).Select(_ => A.LoadAsync(id)).ToArray();
        Assert.All(reads, read => Assert.False(read.IsCompleted));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(reads), Assert.NotNull);

        await UseAsync(id, record);
        Time.Advance(TimeSpan.FromSeconds(1));
        await UseAsync(NewId(), record);
        Assert.Equal([LogLevel.Warning], A.Logged);
        await RecoverAsync(A);
    }

    [Theory]
    [InlineData("Get r")]
    [InlineData("Get d")]
    [InlineData("Set r")]
    [InlineData("Set d")]
    [InlineData("Remove r")]
    public async Task Whichever_call_does_not_answer_the_request_goes_on_in_time(string hanging)
    {
        var (id, record) = await StoreAsync();
        A.Cache.Before = call => call == hanging ? new TaskCompletionSource().Task : Task.CompletedTask;

        var use = UseAsync(id, record);
        for (var second = 0; second < 1000 && !use.IsCompleted; second++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, Cancel);
        }

        await use;
        Assert.Contains(LogLevel.Warning, A.Logged);
    }

    [Fact]
    public async Task A_cache_that_is_back_serves_again()
    {
        var (id, _) = await StoreAsync();
        var (other, _) = await StoreAsync();
        Fail(A);
        Assert.False(await IsServedByCacheAsync(A, id));

        await RecoverAsync(A);

        // The id that failed is marked for a while; of the others, what was there before the outage does not count.
        Assert.False(await IsServedByCacheAsync(A, other));
        Assert.True(await IsServedByCacheAsync(A, other));
        Assert.False(await IsServedByCacheAsync(A, id));
        Assert.False(await IsServedByCacheAsync(A, id));
        Time.Advance(SessionCache.Lifetime * 2);
        Assert.False(await IsServedByCacheAsync(A, id));
        Assert.True(await IsServedByCacheAsync(A, id));
    }

    [Fact]
    public async Task What_the_cache_missed_it_is_told_when_it_is_back_before_it_is_used()
    {
        var (saved, record) = await StoreAsync();
        var (signedOut, _) = await StoreAsync();
        Fail(A);
        await A.Store.SaveAsync(saved, Change(record, "a"), Cancel);
        await A.Store.DeleteAsync(signedOut, Cancel);

        await RecoverAsync(A);

        Assert.Equal(2, Count(await B.LoadAsync(saved)));
        Assert.Null(await B.LoadAsync(signedOut));
        Assert.NotNull(Server.Get(Marker(signedOut)));
    }

    [Fact]
    public async Task A_cache_that_comes_back_with_an_older_state_does_not_revive_a_session()
    {
        var (id, _) = await StoreAsync();
        var snapshot = Server.Entries.ToArray();
        await A.Store.DeleteAsync(id, Cancel);
        Fail(A);
        await A.LoadAsync(NewId());
        Server.Entries.Clear();
        foreach (var (key, entry) in snapshot)
            Server.Entries[key] = entry;

        await RecoverAsync(A);

        Assert.Null(await A.LoadAsync(id));
    }

    [Fact]
    public async Task Each_outage_is_logged_with_its_beginning_and_its_end()
    {
        var (id, _) = await StoreAsync();
        Fail(A);
        await A.LoadAsync(id);
        Time.Advance(TimeSpan.FromSeconds(1));
        Time.Advance(TimeSpan.FromSeconds(1));
        await RecoverAsync(A);

        Fail(A);
        await A.LoadAsync(NewId());

        Assert.Equal([LogLevel.Warning, LogLevel.Information, LogLevel.Warning], A.Logged);
    }

    // Every member, with the answers of a store that works.
    private async Task UseAsync(string id, SessionRecord record)
    {
        var newId = NewId();
        Assert.Equal(await Database.ExistsAsync(id, Cancel), await A.Store.ExistsAsync(id, Cancel));
        await A.Store.DeleteAsync(id, Cancel);
        Assert.True(await A.Store.CreateAsync(id, record, Cancel));
        Assert.NotNull(A.Store.Load(id));
        Assert.NotNull(await A.LoadAsync(id));
        var saved = (await A.Store.SaveAsync(id, Change(record, "a"), Cancel)).Record!;
        Assert.Equal(2, Count(await A.LoadAsync(id)));
        Assert.Equal(SessionStoreOutcome.Done, (await A.Store.RenewAsync(id, saved.Version, saved.ExpiresAt, Cancel)).Outcome);
        Assert.Equal(SessionStoreOutcome.Done, (await A.Store.RotateAsync(id, newId, Change(saved, "b"), Cancel)).Outcome);
        Assert.True((await A.LoadAsync(id))!.IsRetired);
        Assert.Equal(3, Count(await A.LoadAsync(newId)));
        Assert.Equal(SessionStoreOutcome.Done, await A.Store.DeleteAsync(newId, Cancel));
        Assert.Null(await A.LoadAsync(newId));
        Assert.Equal(0, await A.Store.ClearExpiredAsync(cancellationToken: Cancel));
    }
}
