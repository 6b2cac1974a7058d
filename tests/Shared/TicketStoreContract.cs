using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests;

/// <summary>What holds of authentication tickets on any store that compares and swaps.</summary>
public abstract class TicketStoreContract : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private ServiceProvider _services = null!;
    private SessionTicketStore _tickets = null!;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        Store(services.AddTypedSessions().AddTicketStore());
        _services = services.BuildServiceProvider();
        _tickets = _services.GetRequiredService<SessionTicketStore>();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether the store's server removes what has expired, by its own clock.</summary>
    protected virtual bool ClearsByItself => false;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ITicketStore Handler => _tickets;

    protected abstract void Store(SessionsBuilder sessions);

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    [Fact]
    public async Task Sign_ins_at_once_are_all_listed_and_all_but_one_ended()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Handler.StoreAsync(Ticket("ann"), Cancel))));
        var kept = SessionTicketStore.HandleOf((await Handler.RetrieveAsync(keys[7], Cancel))!.Properties);

        Assert.Equal(20, (await _tickets.ListAsync("ann", Cancel)).Count);
        Assert.Equal(19, await _tickets.EndAllAsync("ann", kept, Cancel));

        Assert.Equal(kept, Assert.Single(await _tickets.ListAsync("ann", Cancel)).Handle);
        var tickets = await Task.WhenAll(keys.Select(key => Handler.RetrieveAsync(key, Cancel)));
        Assert.Equal(keys[7], keys[Array.FindIndex(tickets, ticket => ticket is not null)]);
        Assert.Single(tickets, ticket => ticket is not null);
    }

    [Fact]
    public async Task A_renewal_moves_the_expiry_and_revives_nothing()
    {
        var key = await Handler.StoreAsync(Ticket("ann"), Cancel);
        _time.Advance(TimeSpan.FromHours(23));
        await Handler.RenewAsync(key, Ticket("ann"), Cancel);
        _time.Advance(TimeSpan.FromHours(23));

        Assert.NotNull(await Handler.RetrieveAsync(key, Cancel));
        Assert.Equal(
            _time.GetUtcNow() + TimeSpan.FromHours(1), Assert.Single(await _tickets.ListAsync("ann", Cancel)).ExpiresAt, TimeSpan.FromSeconds(1));

        await Handler.RemoveAsync(key, Cancel);
        await Handler.RenewAsync(key, Ticket("ann"), Cancel);
        Assert.Null(await Handler.RetrieveAsync(key, Cancel));
        Assert.Empty(await _tickets.ListAsync("ann", Cancel));
    }

    [Fact]
    public async Task A_user_who_comes_back_after_years_is_listed_without_any_clean_up()
    {
        Assert.SkipWhen(ClearsByItself, "The server's clock cannot be advanced.");
        await Handler.StoreAsync(Ticket("ann"), Cancel);
        _time.Advance(TimeSpan.FromDays(3000));

        await Handler.StoreAsync(Ticket("ann"), Cancel);

        Assert.Single(await _tickets.ListAsync("ann", Cancel));
    }

    private AuthenticationTicket Ticket(string user) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "test")),
        new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + TimeSpan.FromDays(1) },
        "Cookies");
}
