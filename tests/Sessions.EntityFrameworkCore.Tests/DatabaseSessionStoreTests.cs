using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

public sealed class DatabaseSessionStoreTests : SessionStoreContract
{
    private readonly SqliteDatabase _database = new();
    private ServiceProvider? _services;

    public override async ValueTask InitializeAsync() => await _database.CreateAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        _database.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Clearing_goes_on_batch_after_batch()
    {
        await using (var context = _database.NewContext())
        {
            var expired = Now.UtcDateTime.AddSeconds(-1);
            context.Sessions.AddRange(Enumerable.Range(0, 2500).Select(i => new SessionEntity { Id = $"v1.{i}", Version = 1, ExpiresAt = expired }));
            await context.SaveChangesAsync(Cancel);
        }

        var live = await StoreAsync(NewRecord(("a", "1")));
        var progress = new List<long>();

        var removed = await Store.ClearExpiredAsync(new SynchronousProgress(progress.Add), Cancel);

        Assert.Equal(2500, removed);
        Assert.Equal([1000, 2000, 2500], progress);
        Assert.True(await Store.ExistsAsync(live, Cancel));
    }

    [Fact]
    public async Task Expired_rows_are_found_by_the_index()
    {
        await using var context = _database.NewContext();

        var plan = await context.Database.SqlQueryRaw<string>(
            "SELECT detail AS Value FROM pragma_index_list('Sessions') JOIN (SELECT name AS detail FROM sqlite_master WHERE sql LIKE '%\"ExpiresAt\")') ON detail = name")
            .ToListAsync(Cancel);

        Assert.Equal(["IX_Sessions_ExpiresAt"], plan);
    }

    protected override ISessionStore CreateStore(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddDbContextPool<ShopContext>(_database.Configure);
        services.AddTypedSessions().StoreInDatabase<ShopContext>();
        _services = services.BuildServiceProvider();
        return _services.GetRequiredService<ISessionStore>();
    }

    private sealed class SynchronousProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
