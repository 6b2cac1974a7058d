using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Gives each request its session, and settles it before the response starts.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionServices services, IServiceScopeFactory scopes)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = SessionRequest.Of(context, services);
        if (request.IsRunning)
        {
            await next(context);   // registered twice: the outer one serves
            return;
        }

        var serverBody = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new SessionResponseBody(request, serverBody);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        var endpoint = request.Endpoint;
        request.Start(endpoint, scopes);
        try
        {
            await request.LoadForAsync(endpoint);
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
            request.Stop();
            context.Features.Set(serverBody);
        }
    }
}
