namespace Sessions.Tests;

public sealed class SessionLifetimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 13, 8, 0, 0, TimeSpan.Zero);
    private static readonly SessionLifetime Lifetime = new(TimeSpan.FromDays(14), AbsoluteTimeout: null);

    [Fact]
    public void Every_policy_says_when_a_session_expires()
    {
        Assert.Equal(Now.AddDays(14), Lifetime.ExpiresAt(SessionExpiry.Default, Now, Now));
        Assert.Equal(Now.AddDays(14), Lifetime.ExpiresAt(SessionExpiry.BrowserClose, Now, Now));
        Assert.Equal(Now.AddSeconds(5), Lifetime.ExpiresAt(SessionExpiry.AfterIdle(TimeSpan.FromSeconds(5)), Now, Now));
        Assert.Equal(Now.AddTicks(1), Lifetime.ExpiresAt(SessionExpiry.AtMoment(Now.AddTicks(1)), Now, Now));
        Assert.Equal(Now.AddTicks(-1), Lifetime.ExpiresAt(SessionExpiry.AtMoment(Now.AddTicks(-1)), Now, Now));
    }

    [Fact]
    public void The_ceiling_counts_from_the_creation()
    {
        var capped = Lifetime with { AbsoluteTimeout = TimeSpan.FromDays(20) };
        var created = Now.AddDays(-10);

        Assert.Null(Lifetime.EndOfLife(created));
        Assert.Equal(Now.AddDays(10), capped.EndOfLife(created));
        Assert.Equal(Now.AddDays(10), capped.ExpiresAt(SessionExpiry.Default, created, Now));
        Assert.Equal(Now.AddDays(10), capped.ExpiresAt(SessionExpiry.AtMoment(Now.AddDays(11)), created, Now));
        Assert.Equal(Now.AddDays(9), capped.ExpiresAt(SessionExpiry.AfterIdle(TimeSpan.FromDays(9)), created, Now));
    }

    [Fact]
    public void Nothing_overflows()
    {
        var endless = new SessionLifetime(TimeSpan.MaxValue, TimeSpan.MaxValue);

        Assert.Equal(DateTimeOffset.MaxValue, endless.ExpiresAt(SessionExpiry.Default, Now, Now));
        Assert.Equal(DateTimeOffset.MaxValue, endless.EndOfLife(Now));
        Assert.Equal(DateTimeOffset.MaxValue, endless.ExpiresAt(SessionExpiry.AfterIdle(TimeSpan.MaxValue), Now, Now));
        Assert.Equal(DateTimeOffset.MaxValue, endless.ExpiresAt(SessionExpiry.AtMoment(DateTimeOffset.MaxValue), Now, Now));
    }

    [Fact]
    public void A_policy_without_a_time_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SessionExpiry.AfterIdle(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => SessionExpiry.AfterIdle(TimeSpan.MinValue));
        Assert.Equal(default, SessionExpiry.Default);
        Assert.Equal(
            SessionExpiry.AtMoment(Now), SessionExpiry.AtMoment(Now.ToOffset(TimeSpan.FromHours(9))));
    }
}
