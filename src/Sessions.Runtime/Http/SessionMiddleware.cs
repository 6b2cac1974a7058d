using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sessions;

/// <summary>Gives each request its session, and settles it before the response starts.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionServices services)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.Get<SessionRequest>();
        if (request is { IsRunning: true })
        {
            await next(context);   // registered twice: the outer one serves
            return;
        }

        if (request is null)
        {
            context.Features.Set(request = new SessionRequest(context, services));
            context.Features.Set<ISessionFeature>(request);
        }
        else
        {
            request.Restart();
        }

        var serverBody = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new SessionResponseBody(request, serverBody);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        request.IsRunning = true;
        try
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<RequireSessionAttribute>() is not null)
                await request.RequireAsync();
            await next(context);
            await request.CompleteAsync(body.HasWaitingBytes);
            body.Release();
        }
        catch
        {
            body.Discard();
            await request.FailAsync();
            throw;
        }
        finally
        {
            request.IsRunning = false;
            context.Features.Set(serverBody);
        }
    }
}
