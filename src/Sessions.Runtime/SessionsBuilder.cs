using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Chooses the store, and adds what belongs to sessions.</summary>
public sealed class SessionsBuilder
{
    internal SessionsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps sessions in this process. The default.</summary>
    /// <param name="configure">Sets how much memory the store may take.</param>
    public SessionsBuilder StoreInMemory(Action<MemorySessionStoreOptions>? configure = null)
    {
        if (configure is not null)
            Services.Configure(configure);
        return AddStore(SessionStoreRegistration.Memory);
    }

    /// <summary>Keeps sessions in the registered <c>IDistributedCache</c>.</summary>
    /// <remarks>A plain cache cannot compare and swap. Within one process nothing is lost; of two saves in two processes that overlap, the
    /// later one wins whole, and one that overlaps a sign-out may undo it. Choose another store where that matters.</remarks>
    public SessionsBuilder StoreInCache() => AddStore(SessionStoreRegistration.Cache);

    /// <summary>Keeps sessions in files, one a session: for one machine, with several processes if need be.</summary>
    /// <param name="directory">A directory for sessions alone, outside of the web root; null for one of the application's own, readable by its
    /// user only, under the user's local application data.</param>
    public SessionsBuilder StoreInFiles(string? directory = null)
    {
        if (directory is not null)
            Services.Configure<FileSessionStoreOptions>(options => options.Directory = directory);
        return AddStore(SessionStoreRegistration.Files);
    }

    /// <summary>Keeps sessions with the clients, in cookies that Data Protection encrypts and authenticates. Nothing is kept on the server.</summary>
    /// <remarks>
    /// What that means: of two requests at once the last answer wins, and what the other one wrote is lost. No single session can be ended
    /// by the server: a copied cookie is good until it expires, after a sign-out and a rotation too, and <see cref="SessionManager"/> cannot
    /// reach sessions. A session takes at most <see cref="CookieSessionStoreOptions.MaxCookies"/> cookies (about 20 KB), which
    /// travel with every request. Several machines need one Data Protection key ring. Give a <see cref="TypedSessionOptions.CookieAge"/> that is short.
    /// </remarks>
    /// <param name="configure">Sets how many cookies a session may take, and whether it is compressed.</param>
    public SessionsBuilder StoreInCookies(Action<CookieSessionStoreOptions>? configure = null)
    {
        Services.AddDataProtection();
        if (configure is not null)
            Services.Configure(configure);
        return AddStore(SessionStoreRegistration.Cookies);
    }

    /// <summary>Keeps sessions in a store of one's own, a singleton made by dependency injection.</summary>
    public SessionsBuilder StoreIn<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>()
        where TStore : class, ISessionStore
    {
        Services.TryAddSingleton<TStore>();
        return AddStore(new SessionStoreRegistration(typeof(TStore).Name, services => services.GetRequiredService<TStore>()));
    }

    /// <summary>Registers a store under the name that configuration can choose it by. For packages that bring a store.</summary>
    /// <param name="name">The name, as in <see cref="TypedSessionOptions.Store"/>.</param>
    /// <param name="create">Makes the store; called once.</param>
    public SessionsBuilder AddStore(string name, Func<IServiceProvider, ISessionStore> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        return AddStore(new SessionStoreRegistration(name, create));
    }

    /// <summary>Lets a shape be injected. Generated code calls it, through <c>AddSessionShapes()</c>.</summary>
    public SessionsBuilder AddShape<TShape>()
        where TShape : class, ISessionShape<TShape>
    {
        Services.TryAddScoped(services => TShape.Create(services.GetRequiredService<Session>()));
        Services.AddSingleton<SessionShapeKeys>(new SessionShapeKeys<TShape>());
        return this;
    }

    /// <summary>Removes expired sessions in the background. Safe when several instances of the application do it.</summary>
    /// <param name="every">How often; each time is moved by up to a tenth, so that instances do not run at once.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is zero or negative, or more than 30 days.</exception>
    public SessionsBuilder AddExpiredSessionCleanup(TimeSpan every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, TimeSpan.FromDays(30));
        Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ExpiredSessionCleanup>(services, every));
        return this;
    }

    /// <summary>
    /// Gives the session a new id when a user signs in and ends it when they sign out, by cookie authentication or ASP.NET Core Identity. What
    /// an anonymous visitor had is kept; what was another user's is not.
    /// </summary>
    /// <remarks>
    /// Call it before or after AddAuthentication and AddIdentity, but after an <c>IAuthenticationService</c> of the application's own. A
    /// user is known by the principal's name identifier, else its <c>sub</c> claim, else its name; one who has none of them is a new user
    /// at each sign-in. The ids of all schemes are of one kind: the same id is the same user. The session of a signed-in user holds a
    /// framework key that says whose it is.
    /// </remarks>
    /// <param name="schemes">The cookie schemes by which users sign in. Without any: the one that authenticates by default, or, where that is
    /// no cookie's, each cookie scheme but those of Identity's external and two-factor steps.</param>
    public SessionsBuilder RotateIdOnSignIn(params string[] schemes)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        Services.Configure<TypedSessionOptions>(options => (options.SignInSchemes ??= new UserSchemes()).Add(schemes));
        SessionAuthenticationService.AddTo(Services);
        return this;
    }

    /// <summary>
    /// Keeps authentication tickets in the session store, by <see cref="SessionTicketStore"/>: the cookie carries a random key alone, and a
    /// user's sign-ins can be listed and ended.
    /// </summary>
    /// <remarks>
    /// Call it as <see cref="RotateIdOnSignIn"/>, which it does not imply. Turning it on or off signs everyone out once. It needs a store on
    /// the server: with <see cref="StoreInCookies"/> the application does not start. A plain cache (<see cref="StoreInCache"/>) between several
    /// processes may lose a sign-in from the list when two of one user overlap.
    /// </remarks>
    /// <param name="schemes">The cookie schemes, as for <see cref="RotateIdOnSignIn"/>. One that has a <c>SessionStore</c> keeps it.</param>
    public SessionsBuilder AddTicketStore(params string[] schemes)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        Services.Configure<TypedSessionOptions>(options => (options.TicketSchemes ??= new UserSchemes()).Add(schemes));
        Services.AddDataProtection();
        Services.AddHttpContextAccessor();   // ticket formats are not told of the request
        Services.TryAddSingleton(provider => new SessionTicketStore(
            provider.GetRequiredService<SessionServices>(), provider.GetRequiredService<ILogger<SessionTicketStore>>()));
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, TicketStoreCookies>());
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TypedSessionOptions>, TicketStoreValidator>());
        SessionAuthenticationService.AddTo(Services);
        return this;
    }

    private SessionsBuilder AddStore(SessionStoreRegistration registration)
    {
        Services.AddSingleton(registration);
        return this;
    }
}
