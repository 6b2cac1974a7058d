using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Tells the request's session, and the tickets that are kept in sessions, of each sign-in and sign-out.</summary>
internal sealed class SessionAuthenticationService(
    [FromKeyedServices(SessionAuthenticationService.Inner)] IAuthenticationService inner,
    IAuthenticationSchemeProvider schemes,
    IOptions<AuthenticationOptions> authentication,
    SessionServices services) : IAuthenticationService
{
    private const string Inner = "Sessions.Inner";

    /// <summary>
    /// Puts this service around the one that is registered. One that AddAuthentication registers afterwards finds the place taken and is
    /// not added.
    /// </summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddAuthenticationCore();
        var index = services.Count - 1;
        while (services[index].IsKeyedService || services[index].ServiceType != typeof(IAuthenticationService))
            index--;
        var registered = services[index];
        if (registered.ImplementationType == typeof(SessionAuthenticationService))
            return;
        services[index] = ServiceDescriptor.Describe(typeof(IAuthenticationService), typeof(SessionAuthenticationService), registered.Lifetime);
        services.Add(registered switch
        {
            { ImplementationType: { } type } => ServiceDescriptor.DescribeKeyed(registered.ServiceType, Inner, type, registered.Lifetime),
            { ImplementationInstance: { } instance } => ServiceDescriptor.KeyedSingleton(registered.ServiceType, Inner, instance),
            _ => ServiceDescriptor.DescribeKeyed(
                registered.ServiceType, Inner, (provider, _) => registered.ImplementationFactory!(provider), registered.Lifetime),
        });
    }

    public async Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        ArgumentNullException.ThrowIfNull(principal);

        // Before the handler: its events may write the response, and what they write to the session belongs to the new user.
        if (Rotates(scheme ?? (await schemes.GetDefaultSignInSchemeAsync())?.Name))
            await SessionRequest.Of(context, services).SignInAsync(principal);
        using (TicketKeys.Of(context).SignIn())
            await inner.SignInAsync(context, scheme, principal, properties);
    }

    public async Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
    {
        await inner.SignOutAsync(context, scheme, properties);   // its events still see the session
        if (Rotates(scheme ?? (await schemes.GetDefaultSignOutSchemeAsync())?.Name))
            SessionRequest.Of(context, services).SignOut();
    }

    public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) => inner.AuthenticateAsync(context, scheme);

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
        inner.ChallengeAsync(context, scheme, properties);

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
        inner.ForbidAsync(context, scheme, properties);

    private bool Rotates(string? scheme) => services.Options.SignInSchemes?.Include(scheme, authentication.Value) == true;
}
