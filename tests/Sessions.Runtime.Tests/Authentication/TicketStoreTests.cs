using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Sessions.Tests.Authentication;

/// <summary>The ticket store by itself: what a cookie handler asks of it, and what goes wrong beneath it.</summary>
public sealed class TicketStoreTests
{
    private readonly TestSessions _sessions = new();
    private readonly SessionTicketStore _tickets;

    public TicketStoreTests() => _tickets = new SessionTicketStore(_sessions.Services, new FakeLogger<SessionTicketStore>(_sessions.Logs));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ITicketStore Handler => _tickets;

    [Fact]
    public async Task A_ticket_comes_back_as_it_was()
    {
        var key = await StoreAsync("ann", role: "admin");

        var ticket = await Handler.RetrieveAsync(key, Cancel);

        Assert.NotNull(ticket);
        Assert.Equal("Cookies", ticket.AuthenticationScheme);
        Assert.True(ticket.Principal.IsInRole("admin"));
        Assert.Equal(SessionTicketStore.HandleOf(ticket.Properties), Assert.Single(await ListAsync("ann")).Handle);
        Assert.DoesNotContain(key, SessionTicketStore.HandleOf(ticket.Properties), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../../../../../../etc/passwd..")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_malformed_key_reaches_no_store(string key)
    {
        Assert.Null(await Handler.RetrieveAsync(key, Cancel));
        await Handler.RenewAsync(key, Ticket("ann"), Cancel);
        await Handler.RemoveAsync(key, Cancel);

        Assert.Empty(_sessions.Store.Calls);
    }

    [Fact]
    public async Task A_session_id_opens_no_ticket()
    {
        var id = await _sessions.StoreAsync(session => session.Set("n", 1));

        Assert.Null(await Handler.RetrieveAsync(id.Secret, Cancel));
        await Handler.RemoveAsync(id.Secret, Cancel);

        Assert.True(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task A_ticket_lives_as_long_as_it_says_whatever_limits_sessions_have()
    {
        var sessions = new TestSessions(options => options.AbsoluteTimeout = TimeSpan.FromMinutes(5));
        ITicketStore tickets = new SessionTicketStore(sessions.Services, new FakeLogger<SessionTicketStore>());
        var key = await tickets.StoreAsync(Ticket("ann", sessions.Now + TimeSpan.FromHours(1)), Cancel);

        sessions.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await tickets.RetrieveAsync(key, Cancel));
        sessions.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await tickets.RetrieveAsync(key, Cancel));
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1000, 1)]
    public async Task The_list_lives_as_long_as_the_longest_ticket(int firstDays, int secondDays)
    {
        await Task.WhenAll(StoreAsync("ann", days: firstDays), StoreAsync("ann", days: secondDays));

        _sessions.Time.Advance(TimeSpan.FromDays(999));

        Assert.Single(await ListAsync("ann"));
    }

    [Fact]
    public async Task Whose_ticket_has_another_user_after_a_renewal_is_listed_there_alone()
    {
        var key = await StoreAsync("ann");

        await Handler.RenewAsync(key, Ticket("bob"), Cancel);

        Assert.Empty(await ListAsync("ann"));
        Assert.Single(await ListAsync("bob"));
    }

    [Fact]
    public async Task A_ticket_of_someone_without_a_name_is_kept_and_not_listed()
    {
        var key = await StoreAsync("");

        Assert.NotNull(await Handler.RetrieveAsync(key, Cancel));
        await Handler.RemoveAsync(key, Cancel);
        Assert.Null(await Handler.RetrieveAsync(key, Cancel));
    }

    [Fact]
    public async Task Nobody_ends_a_sign_in_of_another_user()
    {
        await StoreAsync("ann");
        await StoreAsync("bob");
        var handle = (await ListAsync("ann"))[0].Handle;

        Assert.False(await _tickets.EndAsync("bob", handle, Cancel));
        Assert.False(await _tickets.EndAsync("ann", "unknown", Cancel));

        Assert.Single(await ListAsync("ann"));
        Assert.True(await _tickets.EndAsync("ann", handle, Cancel));
        Assert.False(await _tickets.EndAsync("ann", handle, Cancel));
    }

    [Fact]
    public async Task Ending_all_ends_nobody_elses()
    {
        var keys = await Task.WhenAll(StoreAsync("ann"), StoreAsync("ann"), StoreAsync("bob"));

        Assert.Equal(2, await _tickets.EndAllAsync("ann", cancellationToken: Cancel));

        var tickets = await Task.WhenAll(keys.Select(key => Handler.RetrieveAsync(key, Cancel)));
        Assert.Equal([true, true, false], tickets.Select(ticket => ticket is null));
        Assert.Equal(0, await _tickets.EndAllAsync("ann", cancellationToken: Cancel));
    }

    [Fact]
    public async Task Past_the_most_sign_ins_of_a_user_the_oldest_ends()
    {
        var oldest = await StoreAsync("ann");
        _sessions.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 1; i < SessionTicketStore.MaxSessionsPerUser; i++)
            await StoreAsync("ann");
        Assert.NotNull(await Handler.RetrieveAsync(oldest, Cancel));

        await StoreAsync("ann");

        Assert.Null(await Handler.RetrieveAsync(oldest, Cancel));
        Assert.Equal(SessionTicketStore.MaxSessionsPerUser, (await ListAsync("ann")).Count);
    }

    [Fact]
    public async Task A_ticket_that_is_too_large_is_refused()
    {
        var sessions = new TestSessions(options => options.MaxValueBytes = 500);
        ITicketStore tickets = new SessionTicketStore(sessions.Services, new FakeLogger<SessionTicketStore>());

        var error = await Assert.ThrowsAsync<SessionTooLargeException>(() => tickets.StoreAsync(Ticket("ann", role: new string('x', 500)), Cancel));

        Assert.Contains("MaxValueBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_ticket_is_none_and_can_be_ended_among_the_others()
    {
        var keys = await Task.WhenAll(StoreAsync("ann"), StoreAsync("ann"));
        foreach (var payload in new[] { Array.Empty<byte>(), [1, 0, 0, 1, 7], [1, 0, 0, 1, 7, .. "_ticket"u8, 3, 1, 2, 3] })
        {
            var id = $"v1t.{Digest(keys[0])}";
            await _sessions.Store.DeleteAsync(id, Cancel);
            await _sessions.Store.CreateAsync(id, Record(payload), Cancel);

            Assert.Null(await Handler.RetrieveAsync(keys[0], Cancel));
            Assert.Equal(2, (await ListAsync("ann")).Count);
        }

        Assert.Equal(3, _sessions.Logs.GetSnapshot().Count(record => record.Level == LogLevel.Warning));
        Assert.DoesNotContain(_sessions.Logs.GetSnapshot(), record => record.Message.Contains(keys[0], StringComparison.Ordinal));
        Assert.Equal(2, await _tickets.EndAllAsync("ann", cancellationToken: Cancel));
        Assert.Empty(await ListAsync("ann"));
    }

    [Fact]
    public async Task A_damaged_list_lists_what_comes_after_it()
    {
        await StoreAsync("ann");
        var id = $"v1u.{Digest("ann")}";
        await _sessions.Store.DeleteAsync(id, Cancel);
        await _sessions.Store.CreateAsync(id, Record([9, 9, 9]), Cancel);

        Assert.Empty(await ListAsync("ann"));
        await StoreAsync("ann");

        Assert.Single(await ListAsync("ann"));
        Assert.Contains(_sessions.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task What_is_gone_is_dropped_from_the_list_but_not_while_it_may_be_coming()
    {
        var key = await StoreAsync("ann");
        await _sessions.Store.DeleteAsync($"v1t.{Digest(key)}", Cancel);

        Assert.Empty(await ListAsync("ann"));
        Assert.Single(Listed("ann"));
        await _tickets.EndAllAsync("ann", cancellationToken: Cancel);
        Assert.Single(Listed("ann"));

        _sessions.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Empty(await ListAsync("ann"));
        Assert.Empty(Listed("ann"));
    }

    [Fact]
    public async Task Listing_and_ending_read_no_ticket()
    {
        await StoreAsync("ann");
        _sessions.Store.Calls.Clear();

        await ListAsync("ann");
        await _tickets.EndAllAsync("ann", cancellationToken: Cancel);

        // Those of the list alone: of the ticket it is asked whether it exists.
        Assert.Equal(["LoadAsync", "ExistsAsync", "LoadAsync", "DeleteAsync", "SaveAsync", "LoadAsync"], _sessions.Store.Calls);
    }

    private async Task<string> StoreAsync(string user, int days = 14, string role = "") =>
        await Handler.StoreAsync(Ticket(user, _sessions.Now + TimeSpan.FromDays(days), role), Cancel);

    private async Task<IReadOnlyList<UserSession>> ListAsync(string user) => await _tickets.ListAsync(user, Cancel);

    private IReadOnlyCollection<string> Listed(string user) =>
        [.. SessionPayload.ParseOrEmpty(_sessions.Store.Load($"v1u.{Digest(user)}")!.Payload).Entries().Select(entry => entry.Key)];

    private SessionRecord Record(byte[] payload) => new()
    {
        Payload = payload, Version = 1, CreatedAt = _sessions.Now, ExpiresAt = _sessions.Now + TimeSpan.FromDays(1),
    };

    private static AuthenticationTicket Ticket(string user, DateTimeOffset? expiresAt = null, string role = "")
    {
        var principal = SignInEndpoints.Principal(user);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(ClaimTypes.Role, role));
        return new AuthenticationTicket(principal, new AuthenticationProperties { ExpiresUtc = expiresAt }, "Cookies");
    }

    private static string Digest(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
