using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>The same store on each kind of database.</summary>
public abstract class DatabaseSessionStoreTests(TestDatabase database) : SessionStoreContract
{
    private const int Cleaners = 4;
    private ServiceProvider? _services;

    public override async ValueTask InitializeAsync() => await database.CreateAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Clearing_goes_on_batch_after_batch()
    {
        await SeedExpiredAsync(2500, i => i / 100);
        var live = await StoreAsync(NewRecord(("a", "1")));
        var progress = new List<long>();

        var removed = await Store.ClearExpiredAsync(new SynchronousProgress(progress.Add), Cancel);

        Assert.Equal(2500, removed);
        Assert.Equal([1000, 2000, 2500], progress);
        Assert.True(await Store.ExistsAsync(live, Cancel));
    }

    [Fact]
    public async Task What_expired_at_one_moment_is_cleared_in_batches_too()
    {
        await SeedExpiredAsync(2500, _ => 1);
        var progress = new List<long>();

        await Store.ClearExpiredAsync(new SynchronousProgress(progress.Add), Cancel);

        Assert.Equal([1000, 2000, 2500], progress);
    }

    [Fact]
    public async Task Several_cleaners_at_once_remove_everything_between_them()
    {
        for (var round = 0; round < TestScale.Of(50); round++)
        {
            await SeedExpiredAsync(5500, i => i % 3000);
            var live = await StoreAsync(NewRecord(("a", "1")));

            var removed = await Task.WhenAll(Enumerable.Range(0, Cleaners).Select(_ => Task.Run(
                () => Store.ClearExpiredAsync(null, Cancel).AsTask(), Cancel)));

            Assert.Equal(5500, removed.Sum());
            Assert.True(await Store.ExistsAsync(live, Cancel));
        }
    }

    [Fact]
    public async Task Every_record_is_listed_once_whatever_is_in_it()
    {
        var expected = new Dictionary<string, long>();
        for (var i = 0; i < 250; i++)
            expected.Add(await StoreAsync(NewRecord(("a", $"{i}"))), 1);
        expected.Add(await StoreRetiredAsync(), SessionRecord.RetiredVersion);
        await SeedExpiredAsync(1, _ => 1);
        await using (var context = database.NewContext())
            await context.Sessions.Take(3).ExecuteUpdateAsync(row => row.SetProperty(r => r.Data, new byte[] { 9, 9 }), Cancel);

        var listed = new Dictionary<string, long>();
        await foreach (var (id, record) in ((IListableSessionStore)Store).ListAsync(Cancel))
            listed.Add(id, record.Version);

        Assert.Equal(expected.Count + 2, listed.Count);   // and the session that was rotated, and the expired one
        Assert.All(expected, entry => Assert.Equal(entry.Value, listed[entry.Key]));
    }

    protected override ISessionStore CreateStore(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddDbContextPool<ShopContext>(database.Configure);
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<ISessionStore>();
    }

    private async Task SeedExpiredAsync(int count, Func<int, int> secondsAgo)
    {
        await using var context = database.NewContext();
        context.Sessions.AddRange(Enumerable.Range(0, count).Select(
            i => new SessionEntity { Id = NewId(), Version = 1, ExpiresAt = Now.UtcDateTime.AddSeconds(-secondsAgo(i)) }));
        await context.SaveChangesAsync(Cancel);
    }

    private sealed class SynchronousProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
