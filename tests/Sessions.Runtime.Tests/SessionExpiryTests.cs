namespace Sessions.Tests;

public sealed class SessionExpiryTests
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(14);
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private readonly TestSessions _sessions = new();

    [Fact]
    public void A_session_expires_after_the_age_of_the_options()
    {
        var session = _sessions.Create();

        Assert.Equal(Default, session.GetExpiryAge());
        Assert.Equal(_sessions.Now + Default, session.GetExpiryDate());
        Assert.False(session.ExpiresAtBrowserClose);
        Assert.Equal(TimeSpan.FromDays(1), new TestSessions(options => options.CookieAge = TimeSpan.FromDays(1)).Create().GetExpiryAge());
    }

    [Fact]
    public async Task An_idle_time_slides_with_every_save_and_with_no_read()
    {
        var id = await StoreAsync(s => s.SetExpiry(TenSeconds));
        Assert.Equal(_sessions.Now + TenSeconds, _sessions.Record(id)!.ExpiresAt);

        _sessions.Time.Advance(TimeSpan.FromSeconds(6));
        var session = await _sessions.OpenAsync(id);
        Assert.Equal(TenSeconds, session.GetExpiryAge());
        await _sessions.SaveAsync(session);
        Assert.Equal(_sessions.Now + TimeSpan.FromSeconds(4), _sessions.Record(id)!.ExpiresAt);

        session.Set("a", 2);
        await _sessions.SaveAsync(session);
        Assert.Equal(_sessions.Now + TenSeconds, _sessions.Record(id)!.ExpiresAt);

        _sessions.Time.Advance(TenSeconds);
        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task A_fixed_moment_does_not_slide()
    {
        var at = _sessions.Now + TenSeconds;
        var id = await StoreAsync(s => s.SetExpiry(at));
        _sessions.Time.Advance(TimeSpan.FromSeconds(6));
        var session = await _sessions.OpenAsync(id);

        Assert.Equal(TimeSpan.FromSeconds(4), session.GetExpiryAge());
        Assert.Equal(at, session.GetExpiryDate());
        session.Set("a", 2);
        await _sessions.SaveAsync(session);

        Assert.Equal(at, _sessions.Record(id)!.ExpiresAt);
    }

    [Fact]
    public async Task A_moment_counts_whatever_its_offset()
    {
        var at = (_sessions.Now + TenSeconds).ToOffset(TimeSpan.FromHours(9));

        var id = await StoreAsync(s => s.SetExpiry(at));

        Assert.Equal(at, _sessions.Record(id)!.ExpiresAt);
        Assert.Equal(at, (await _sessions.OpenAsync(id)).GetExpiryDate());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_until_the_browser_closes_lives_on_the_server_as_long_as_any(bool option)
    {
        var sessions = new TestSessions(options => options.ExpireAtBrowserClose = option);
        var id = await sessions.StoreAsync(s =>
        {
            s.Set("a", 1);
            Assert.Equal(option, s.ExpiresAtBrowserClose);
            s.SetExpiryAtBrowserClose();
            Assert.True(s.ExpiresAtBrowserClose);
        });

        Assert.Equal(sessions.Now + Default, sessions.Record(id)!.ExpiresAt);
        var next = await sessions.OpenAsync(id);
        Assert.True(next.ExpiresAtBrowserClose);
        Assert.Equal(Default, next.GetExpiryAge());
        Assert.Null(next.CookieMaxAge());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_expiry_of_its_own_goes_before_the_option_to_end_with_the_browser(bool option)
    {
        var session = new TestSessions(options => options.ExpireAtBrowserClose = option).Create();

        session.SetExpiry(TenSeconds);
        Assert.False(session.ExpiresAtBrowserClose);
        Assert.Equal(TenSeconds, session.CookieMaxAge());
        session.ResetExpiry();
        Assert.Equal(option, session.ExpiresAtBrowserClose);
        Assert.Equal(option ? null : Default, session.CookieMaxAge());
    }

    [Fact]
    public async Task A_reset_goes_back_to_the_options()
    {
        var session = _sessions.Create();
        session.ResetExpiry();
        Assert.Equal(Default, session.GetExpiryAge());
        session.SetExpiry(TenSeconds);
        session.ResetExpiry();
        Assert.Equal(Default, session.GetExpiryAge());

        var id = await StoreAsync(s => s.SetExpiry(TenSeconds));
        var next = await _sessions.OpenAsync(id);
        next.ResetExpiry();
        await _sessions.SaveAsync(next);
        Assert.Equal(_sessions.Now + Default, _sessions.Record(id)!.ExpiresAt);
        Assert.Equal(Default, (await _sessions.OpenAsync(id)).GetExpiryAge());
    }

    [Fact]
    public async Task A_reset_of_a_session_that_was_cleared_unread_goes_back_to_the_options_too()
    {
        var id = await StoreAsync(s => s.SetExpiry(TenSeconds));
        var session = _sessions.At(id);

        session.Clear();
        session.ResetExpiry();
        await _sessions.SaveAsync(session);

        Assert.Equal(_sessions.Now + Default, _sessions.Record(id)!.ExpiresAt);
    }

    [Fact]
    public void An_idle_time_that_is_not_positive_is_refused()
    {
        var session = _sessions.Create();

        Assert.Throws<ArgumentOutOfRangeException>(() => session.SetExpiry(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.SetExpiry(TimeSpan.FromTicks(-1)));

        Assert.False(session.Modified);
        Assert.Equal(Default, session.GetExpiryAge());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-36_000_000_000)]
    public async Task A_moment_that_has_passed_ends_the_session(long ticks)
    {
        var id = await StoreAsync(s => { });
        var session = await _sessions.OpenAsync(id);

        session.SetExpiry(_sessions.Now.AddTicks(ticks));
        Assert.Empty(session.Keys);
        Assert.Null(session.Id);
        await _sessions.SaveAsync(session);

        Assert.Null(_sessions.Record(id));
    }

    [Fact]
    public async Task A_moment_one_tick_ahead_is_a_moment()
    {
        var id = await StoreAsync(s => s.SetExpiry(_sessions.Now.AddTicks(1)));

        Assert.True(await _sessions.ExistsAsync(id));
        _sessions.Time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await _sessions.ExistsAsync(id));
    }

    [Fact]
    public async Task The_longest_times_do_not_overflow()
    {
        var idle = await StoreAsync(s => s.SetExpiry(TimeSpan.MaxValue));
        var moment = await StoreAsync(s => s.SetExpiry(DateTimeOffset.MaxValue));
        var capped = new TestSessions(options => options.CookieAge = TimeSpan.MaxValue);
        var age = await capped.StoreAsync(s => s.Set("a", 1));

        Assert.Equal(DateTimeOffset.MaxValue, _sessions.Record(idle)!.ExpiresAt);
        Assert.Equal(DateTimeOffset.MaxValue, _sessions.Record(moment)!.ExpiresAt);
        Assert.Equal(DateTimeOffset.MaxValue, capped.Record(age)!.ExpiresAt);
        Assert.Equal(DateTimeOffset.MaxValue, (await _sessions.OpenAsync(idle)).GetExpiryDate());
    }

    [Fact]
    public async Task The_policy_is_no_entry_and_an_other_requests_save_keeps_it()
    {
        var id = await StoreAsync(s => { });
        var slow = await _sessions.OpenAsync(id);
        await _sessions.ElsewhereAsync(id, other => other.SetExpiry(TenSeconds));

        slow.Set("b", 2);
        await _sessions.SaveAsync(slow);

        Assert.Equal(_sessions.Now + TenSeconds, _sessions.Record(id)!.ExpiresAt);
        Assert.Equal(["a", "b"], slow.Keys);
        Assert.Equal(TenSeconds, slow.GetExpiryAge());
    }

    [Fact]
    public async Task A_cycled_session_keeps_its_policy()
    {
        var session = await _sessions.OpenAsync(await StoreAsync(s => s.SetExpiry(TenSeconds)));

        session.CycleId();

        Assert.Equal(TenSeconds, (await _sessions.ReopenAsync(session)).GetExpiryAge());
    }

    private Task<SessionId> StoreAsync(Action<Session> expire) => _sessions.StoreAsync(s =>
    {
        s.Set("a", 1);
        expire(s);
    });
}
