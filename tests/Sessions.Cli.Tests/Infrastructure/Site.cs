using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests;

/// <summary>An application that keeps its sessions where the tool looks.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly ServiceProvider _services;

    public Site(Action<SessionsBuilder> store, Action<TypedSessionOptions>? options = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        store(services.AddTypedSessions(options).AddTicketStore());
        _services = services.BuildServiceProvider();
    }

    public SessionManager Manager => _services.GetRequiredService<SessionManager>();

    public ISessionStore Store => _services.GetRequiredService<ISessionStore>();

    /// <summary>Signs a user in, and gives the row id of the ticket.</summary>
    public async Task<string> AddTicketAsync(string user)
    {
        ITicketStore tickets = _services.GetRequiredService<SessionTicketStore>();
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "test"));
        var ticket = new AuthenticationTicket(principal, "Cookies");
        await tickets.StoreAsync(ticket);
        return $"v1t.{SessionTicketStore.HandleOf(ticket.Properties)}";
    }

    public async Task<SessionId> AddAsync(params (string Key, object? Value)[] entries) => (await SaveAsync(entries)).Id!.Value;

    /// <summary>Adds sessions that expired before now.</summary>
    public async Task<SessionId> AddExpiredAsync()
    {
        var now = _time.GetUtcNow();
        _time.AdjustTime(now.AddDays(-30));
        var id = await AddAsync(("old", true));
        _time.AdjustTime(now);
        return id;
    }

    /// <summary>Adds a session that is rotated at once, and gives its former id.</summary>
    public async Task<SessionId> AddRetiredAsync()
    {
        var session = await SaveAsync(("a", 1));
        var former = session.Id!.Value;
        session.CycleId();
        await session.SaveAsync();
        return former;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<Session> SaveAsync(params (string Key, object? Value)[] entries)
    {
        var session = Manager.Create();
        foreach (var (key, value) in entries)
            session[key] = value;
        await session.SaveAsync();
        return session;
    }
}
