using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Authentication;

/// <summary>An application with sessions and cookie authentication.</summary>
internal static class SignInApp
{
    /// <param name="authenticationFirst">Authentication is added before sessions are.</param>
    /// <param name="scheme">The default scheme, a cookie's.</param>
    /// <param name="named">The schemes that RotateIdOnSignIn is given.</param>
    /// <param name="configure">The cookie's options.</param>
    /// <param name="map">More endpoints.</param>
    /// <param name="outside">Middleware around the session's.</param>
    /// <param name="sessions">The store and what belongs to it.</param>
    /// <param name="services">More services.</param>
    public static async Task<TestApp> StartAsync(
        bool authenticationFirst = false,
        string scheme = CookieAuthenticationDefaults.AuthenticationScheme,
        string[]? named = null,
        Action<CookieAuthenticationOptions>? configure = null,
        Action<WebApplication>? map = null,
        Action<WebApplication>? outside = null,
        Action<SessionsBuilder>? sessions = null,
        Action<IServiceCollection>? services = null)
    {
        return await TestApp.StartAsync(
            app =>
            {
                SignInEndpoints.Map(app);
                map?.Invoke(app);
            },
            sessions: builder =>
            {
                if (authenticationFirst)
                    AddAuthentication(builder.Services);
                builder.RotateIdOnSignIn(named ?? []);
                sessions?.Invoke(builder);
            },
            services: all =>
            {
                if (!authenticationFirst)
                    AddAuthentication(all);
                all.AddScoped<CartEvents>();
                services?.Invoke(all);
            },
            outside: outside);

        void AddAuthentication(IServiceCollection all) => all.AddAuthentication(scheme).AddCookie(scheme, configure ?? (_ => { }));
    }

    public static async Task<bool> ExistsAsync(TestApp app, string id) =>
        SessionId.TryParse(id, out var parsed) && await app.Manager.ExistsAsync(parsed, TestContext.Current.CancellationToken);
}
