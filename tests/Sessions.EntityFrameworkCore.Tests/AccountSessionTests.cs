using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>An entity of the application's own, with a column filled from the session.</summary>
public abstract class AccountSessionTests(TestDatabase database) : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    private SessionManager Manager => _services.GetRequiredService<SessionManager>();

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddDbContextFactory<AccountContext>(database.Configure);
        services.AddTypedSessions().StoreInDatabase<AccountContext, AccountSession>(
            fill: (session, row) => row.AccountId = session.Get<int?>("account_id"));
        _services = services.BuildServiceProvider();
        await using var context = NewContext();
        await context.Database.EnsureCreatedAsync();
        await context.Sessions.ExecuteDeleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_column_follows_the_session_through_insert_update_and_rotation()
    {
        var session = Manager.Create();
        session.Set("account_id", 42);
        await session.SaveAsync(TestContext.Current.CancellationToken);
        Assert.Equal([42], await AccountsAsync());

        session.CycleId();
        await session.SaveAsync(TestContext.Current.CancellationToken);
        Assert.Equal([42], await AccountsAsync());

        session.Pop<int>("account_id");
        await session.SaveAsync(TestContext.Current.CancellationToken);
        Assert.Equal([null], await AccountsAsync());
    }

    [Fact]
    public async Task Concurrent_changes_of_different_keys_both_survive()
    {
        var first = Manager.Create();
        first.Set("account_id", 1);
        await first.SaveAsync(TestContext.Current.CancellationToken);
        var second = (await Manager.OpenAsync(first.Id!.Value, TestContext.Current.CancellationToken))!;

        first.Set("a", 1);
        second.Set("account_id", 2);
        await first.SaveAsync(TestContext.Current.CancellationToken);
        await second.SaveAsync(TestContext.Current.CancellationToken);

        var third = (await Manager.OpenAsync(first.Id!.Value, TestContext.Current.CancellationToken))!;
        Assert.Equal((1, 2), (third.Get<int>("a"), third.Get<int>("account_id")));
        Assert.Equal([2], await AccountsAsync());
    }

    [Fact]
    public async Task A_user_is_signed_out_everywhere_by_one_statement()
    {
        var sessions = new List<Session>();
        foreach (var account in new[] { 1, 2, 1 })
        {
            var session = Manager.Create();
            session.Set("account_id", account);
            await session.SaveAsync(TestContext.Current.CancellationToken);
            sessions.Add(session);
        }

        await using var context = NewContext();
        await context.Sessions.Where(row => row.AccountId == 1).ExecuteDeleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2], await AccountsAsync());
        sessions[0].Set("late", 1);
        await Assert.ThrowsAsync<SessionInterruptedException>(() => sessions[0].SaveAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task A_row_decodes_to_its_entries()
    {
        var session = Manager.Create();
        session.Set("account_id", 7);
        session.Set("names", new[] { "Ada", "Grace" });
        await session.SaveAsync(TestContext.Current.CancellationToken);

        await using var context = NewContext();
        var entries = (await context.Sessions.SingleAsync(TestContext.Current.CancellationToken)).Decode();

        Assert.Equal(7L, entries["account_id"]);
        Assert.Equal(new List<object?> { "Ada", "Grace" }, entries["names"]);
    }

    [Fact]
    public async Task What_only_the_application_sets_survives_saves_and_rotations()
    {
        var session = Manager.Create();
        session.Set("account_id", 1);
        await session.SaveAsync(TestContext.Current.CancellationToken);
        await using var context = NewContext();
        await context.Sessions.ExecuteUpdateAsync(row => row.SetProperty(r => r.Device, "phone"), TestContext.Current.CancellationToken);

        session.Set("n", 1);
        await session.SaveAsync(TestContext.Current.CancellationToken);
        session.CycleId();
        session.Set("account_id", 2);
        await session.SaveAsync(TestContext.Current.CancellationToken);

        var row = await context.Sessions.SingleAsync(row => row.Version > 0, TestContext.Current.CancellationToken);
        Assert.Equal((2, "phone"), (row.AccountId, row.Device));
        Assert.Equal(1, (await Manager.OpenAsync(session.Id!.Value, TestContext.Current.CancellationToken))!.Get<int>("n"));
    }

    private AccountContext NewContext() => _services.GetRequiredService<IDbContextFactory<AccountContext>>().CreateDbContext();

    private async Task<List<int?>> AccountsAsync()
    {
        await using var context = NewContext();
        return await context.Sessions.Where(row => row.Version > 0).OrderBy(row => row.CreatedAt)
            .Select(row => row.AccountId).ToListAsync(TestContext.Current.CancellationToken);
    }
}
