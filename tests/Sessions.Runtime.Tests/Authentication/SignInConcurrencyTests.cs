using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Authentication;

/// <summary>Requests that are under way while a user signs in.</summary>
public sealed class SignInConcurrencyTests
{
    private readonly CookieJar _jar = new();

    [Fact]
    public async Task A_late_request_with_the_old_id_sees_nothing_and_signs_nobody_out()
    {
        var gate = new Gate(arrivals: 1);
        await using var app = await SignInApp.StartAsync(map: app => app.MapGet("/slow", async (HttpContext context) =>
        {
            await gate.PassAsync();
            return context.GetSession().Get("cart", "none");
        }));
        await _jar.GetAsync(app, "/set?value=shoes");
        var slow = app.GetAsync("/slow", _jar.Header);
        await gate.Arrived;
        await _jar.GetAsync(app, "/sign-in?user=ann");

        gate.Open();
        var late = await slow;
        _jar.Take(late);

        Assert.Equal(("none", 0), (late.Body, late.SetCookies.Count));
        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_sign_ins_at_once_both_answers_sign_in_and_one_has_the_session(bool bothLoadFirst)
    {
        var gate = new Gate(arrivals: 2);
        await using var app = await SignInApp.StartAsync(map: app => app.MapGet("/slow-sign-in", async (HttpContext context) =>
        {
            if (!bothLoadFirst)
                await gate.PassAsync();
            await context.SignInAsync(SignInEndpoints.Principal("ann"));
            if (bothLoadFirst)
                await gate.PassAsync();
        }));
        await _jar.GetAsync(app, "/set?value=shoes");
        var both = new[] { app.GetAsync("/slow-sign-in", _jar.Header), app.GetAsync("/slow-sign-in", _jar.Header) };
        await gate.Arrived;

        gate.Open();
        var answers = await Task.WhenAll(both);
        foreach (var answer in answers)
            _jar.Take(answer);

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers, answer => answer.SessionCookie is not null);
        Assert.Equal("ann", (await _jar.GetAsync(app, "/who")).Body);
        Assert.Equal("shoes", (await _jar.GetAsync(app, "/get")).Body);
    }
}
