using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Http;

public sealed class IoTimeoutTests
{
    [Fact]
    public async Task A_store_that_does_not_answer_fails_the_request_in_time()
    {
        var store = new SilentStore();
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", async (HttpContext context) => await context.GetSession().LoadAsync()),
            options => options.IoTimeout = TimeSpan.FromSeconds(5),
            sessions => sessions.AddStore("silent", _ => store));

        var answer = app.GetAsync("/", new string('a', 32));
        await store.Called;
        Assert.False(answer.IsCompleted);
        app.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(503, (await answer).Status);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Exception is SessionStoreUnavailableException { InnerException: TimeoutException } error && error.Message.Contains("IoTimeout", StringComparison.Ordinal));
    }
}
