using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Sessions.Tests;

public sealed class AbsoluteTimeoutTests
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromDays(20);
    private readonly TestSessions _sessions = new(options => options.AbsoluteTimeout = Ceiling);

    [Fact]
    public async Task The_ceiling_counts_from_the_creation_however_active_the_session_is()
    {
        var end = _sessions.Now + Ceiling;
        var id = await _sessions.StoreAsync(s => s.Set("n", 0));
        for (var day = 1; day < 20; day++)
        {
            _sessions.Time.Advance(TimeSpan.FromDays(1));
            await _sessions.ElsewhereAsync(id, s => s.Set("n", day));
            var age = TimeSpan.FromDays(Math.Min(14, 20 - day));
            Assert.Equal(_sessions.Now + age, _sessions.Record(id)!.ExpiresAt);
            var session = await _sessions.OpenAsync(id);
            Assert.Equal(age, session.GetExpiryAge());
            Assert.Equal(age, session.CookieMaxAge());
            Assert.True(session.GetExpiryDate() <= end);
        }

        _sessions.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task The_ceiling_caps_every_policy()
    {
        var end = _sessions.Now + Ceiling;
        var id = await _sessions.StoreAsync(s => s.Set("n", 0));
        Action<Session>[] policies =
        [
            s => s.SetExpiry(TimeSpan.FromDays(30)),
            s => s.SetExpiry(end.AddYears(1)),
            s => s.SetExpiry(TimeSpan.MaxValue),
        ];
        foreach (var policy in policies)
        {
            await _sessions.ElsewhereAsync(id, policy);

            Assert.Equal(end, _sessions.Record(id)!.ExpiresAt);
            Assert.Equal(end, (await _sessions.OpenAsync(id)).GetExpiryDate());
        }
    }

    [Fact]
    public async Task The_ceiling_survives_a_new_id()
    {
        var end = _sessions.Now + Ceiling;
        var id = await _sessions.StoreAsync(s => s.Set("n", 0));
        _sessions.Time.Advance(TimeSpan.FromDays(10));
        var session = await _sessions.OpenAsync(id);

        session.CycleId();
        await _sessions.SaveAsync(session);

        Assert.Equal(end, _sessions.Record(session.Id!.Value)!.ExpiresAt);
        Assert.Equal(end, session.GetExpiryDate());
    }

    [Fact]
    public async Task A_session_begun_after_a_flush_has_a_life_of_its_own()
    {
        var session = await _sessions.OpenAsync(await _sessions.StoreAsync(s => s.Set("n", 0)));
        _sessions.Time.Advance(TimeSpan.FromDays(10));

        session.Flush();
        session.Set("n", 1);
        session.SetExpiry(TimeSpan.FromDays(30));
        await _sessions.SaveAsync(session);

        Assert.Equal(_sessions.Now + Ceiling, _sessions.Record(session.Id!.Value)!.ExpiresAt);
    }

    [Fact]
    public async Task A_ceiling_that_was_lowered_ends_sessions_that_are_older_than_it()
    {
        var id = await _sessions.StoreAsync(s => s.Set("n", 0));
        _sessions.Time.Advance(TimeSpan.FromDays(5));
        var lowered = new SessionServices(
            _sessions.Store,
            Options.Create(new TypedSessionOptions { AbsoluteTimeout = TimeSpan.FromDays(5) }),
            _sessions.Time,
            NullLogger<Session>.Instance,
            _sessions.Services.Telemetry);
        var manager = new SessionManager(lowered);

        Assert.Null(await manager.OpenAsync(id, TestContext.Current.CancellationToken));
        Assert.False(new Session(lowered, id).ContainsKey("n"));
        Assert.False(await manager.ExistsAsync(id, TestContext.Current.CancellationToken));
    }
}
