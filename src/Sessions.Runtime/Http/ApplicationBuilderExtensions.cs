using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Sessions in the request pipeline.</summary>
public static class ApplicationBuilderExtensions
{
    /// <summary>
    /// Gives the requests that pass here their session. Place it after error handling, response caching and compression, and before
    /// everything that uses the session.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>AddTypedSessions()</c> was not called.</exception>
    public static IApplicationBuilder UseTypedSessions(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.ApplicationServices.GetService<SessionServices>() ?? throw new InvalidOperationException(
            "UseTypedSessions() finds no sessions: call builder.Services.AddTypedSessions() first.");
        return app.UseMiddleware<SessionMiddleware>(services);
    }
}
