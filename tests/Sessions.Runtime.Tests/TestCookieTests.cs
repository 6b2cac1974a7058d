namespace Sessions.Tests;

public sealed class TestCookieTests
{
    private readonly TestSessions _sessions = new();

    [Fact]
    public async Task The_test_cookie_is_absent_then_works_then_is_absent()
    {
        var session = _sessions.Create();
        Assert.False(session.TestCookieWorked);

        session.SetTestCookie();
        var next = await _sessions.ReopenAsync(session);
        Assert.True(next.TestCookieWorked);

        next.DeleteTestCookie();
        Assert.True(next.Modified);
        Assert.False(next.TestCookieWorked);
        Assert.False((await _sessions.ReopenAsync(next)).TestCookieWorked);
    }

    [Fact]
    public void The_request_that_sets_it_sees_it()
    {
        var session = _sessions.Create();

        session.SetTestCookie();

        Assert.True(session.TestCookieWorked);
        Assert.Equal("worked", session.Get<string>("testcookie"));
    }

    [Fact]
    public void Anything_else_under_its_key_is_no_test_cookie()
    {
        var session = _sessions.Create();
        foreach (var value in new object?[] { "failed", 1, null, true, new List<string> { "worked" } })
        {
            session["testcookie"] = value;
            Assert.False(session.TestCookieWorked);
        }
    }

    [Fact]
    public void Deleting_an_absent_test_cookie_is_an_error()
    {
        var session = _sessions.Create();

        Assert.Throws<KeyNotFoundException>(session.DeleteTestCookie);
        Assert.False(session.Modified);
    }
}
