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

    /// <summary>
    /// For an application that comes from <c>AddSession()</c>: a visitor who brings its cookie, and none of ours yet, finds what it kept.
    /// Place it right after <c>UseTypedSessions()</c>, leave <c>AddSession()</c> and its cache registered, and take both out
    /// once its sessions have expired.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>AddSession()</c> was not called.</exception>
    public static IApplicationBuilder UseFormerSessions(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<Microsoft.AspNetCore.Session.ISessionStore>() is null)
            throw new InvalidOperationException("UseFormerSessions() reads what AddSession() kept: leave its call, with its options, in place.");
        return app.UseMiddleware<FormerSessionMiddleware>();
    }
}
