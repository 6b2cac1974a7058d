using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        Services.AddSingleton(new SessionShapeKeys(typeof(TShape), TShape.KeyNames));
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

    private SessionsBuilder AddStore(SessionStoreRegistration registration)
    {
        Services.AddSingleton(registration);
        return this;
    }
}
