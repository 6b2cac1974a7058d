using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests.Authentication;

/// <summary>Whatever fails half-way: a ticket that can be used can be found.</summary>
public sealed class TicketStoreFaultTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FaultyStore _store;
    private readonly SessionTicketStore _tickets;

    public TicketStoreFaultTests()
    {
        _store = new FaultyStore(_time);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddTypedSessions().AddStore("faulty", _ => _store).AddTicketStore();
        _tickets = services.BuildServiceProvider().GetRequiredService<SessionTicketStore>();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ITicketStore Handler => _tickets;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Storing(bool isListed) => await TryAsync(isListed, async _ =>
    {
        await Handler.StoreAsync(Ticket(), Cancel);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renewing(bool isListed) => await TryAsync(isListed, async key =>
    {
        await Handler.RenewAsync(key, Ticket(), Cancel);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removing(bool isListed) => await TryAsync(isListed, async key =>
    {
        await Handler.RemoveAsync(key, Cancel);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ending(bool isListed) => await TryAsync(isListed, async _ =>
    {
        await _tickets.EndAllAsync("ann", cancellationToken: Cancel);
    });

    // The store fails at the first call, then at the second, and so on until none is left to fail; before it takes effect, or after.
    private async Task TryAsync(bool takesEffect, Func<string, Task> act)
    {
        var faults = 0;
        for (var failsAt = 1; ; failsAt++)
        {
            var key = await Handler.StoreAsync(Ticket(), Cancel);
            _store.FailAt(failsAt, takesEffect);
            try
            {
                await act(key);
                Assert.True(faults > 1);
                return;
            }
            catch (IOException)
            {
                faults++;
            }
            finally
            {
                _store.FailAt(0, false);
            }

            _time.Advance(TimeSpan.FromMinutes(6));   // what was being stored is stored by now, or never will be
            var listed = (await _tickets.ListAsync("ann", Cancel)).Select(session => $"v1t.{session.Handle}").ToList();
            Assert.Equal(_store.Tickets.Keys.Order(), listed.Order());
        }
    }

    private AuthenticationTicket Ticket() => new(
        SignInEndpoints.Principal("ann"), new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow() + TimeSpan.FromDays(1) }, "Cookies");

    /// <summary>A memory store that fails at one of its calls, and remembers which tickets it holds.</summary>
    private sealed class FaultyStore(TimeProvider time) : ISessionStore
    {
        private readonly MemorySessionStore _inner = new(
            Options.Create(new MemorySessionStoreOptions()), time, NullLogger<MemorySessionStore>.Instance);

        private int _rest;
        private bool _takesEffect;

        public ConcurrentDictionary<string, bool> Tickets { get; } = [];

        public void FailAt(int call, bool takesEffect) => (_rest, _takesEffect) = (call, takesEffect);

        public SessionRecord? Load(string id) => _inner.Load(id);

        public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) =>
            CallAsync(() => _inner.LoadAsync(id, cancellationToken));

        public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) => CallAsync(() =>
        {
            if (id.StartsWith("v1t.", StringComparison.Ordinal))
                Tickets[id] = true;
            return _inner.CreateAsync(id, record, cancellationToken);
        });

        public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
            CallAsync(() => _inner.SaveAsync(id, delta, cancellationToken));

        public ValueTask<SessionStoreResult> RenewAsync(
            string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) =>
            CallAsync(() => _inner.RenewAsync(id, version, expiresAt, cancellationToken));

        public ValueTask<SessionStoreResult> RotateAsync(
            string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) =>
            CallAsync(() => _inner.RotateAsync(id, newId, delta, cancellationToken));

        public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) => CallAsync(() =>
        {
            Tickets.TryRemove(id, out _);
            return _inner.DeleteAsync(id, cancellationToken);
        });

        public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
            CallAsync(() => _inner.ExistsAsync(id, cancellationToken));

        public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => new(0L);

        private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call)
        {
            var fails = --_rest == 0;
            if (fails && !_takesEffect)
                throw new IOException("The store is down.");
            var result = await call();
            return fails ? throw new IOException("The store went down.") : result;
        }
    }
}
