using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>Around the whole pipeline: answers 503 where the store was gone and no error handling of the application has answered.</summary>
internal sealed partial class SessionOutageFilter(ILogger<Session> logger) : IStartupFilter
{
    private const string RetryAfterSeconds = "5";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline => context => InvokeAsync(pipeline, context));
        next(app);
    };

    private Task InvokeAsync(RequestDelegate pipeline, HttpContext context)
    {
        Task answered;
        try
        {
            answered = pipeline(context);
        }
        catch (SessionStoreUnavailableException exception)
        {
            answered = Task.FromException(exception);
        }

        // A request that is over by now, as many are, pays for no task of this filter.
        return answered.IsCompletedSuccessfully ? answered : AnswerOutageAsync(answered, context);
    }

    private async Task AnswerOutageAsync(Task answered, HttpContext context)
    {
        try
        {
            await answered;
        }
        catch (SessionStoreUnavailableException exception) when (!context.Response.HasStarted)
        {
            LogUnavailable(logger, exception);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }
    }

    [LoggerMessage(EventId = 6, Level = LogLevel.Error, Message = "The session store cannot be reached; the request is answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);
}
