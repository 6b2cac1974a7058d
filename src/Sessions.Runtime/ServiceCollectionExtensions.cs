using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Sessions among an application's services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds sessions with the default options, kept in memory unless a store is named.</summary>
    public static SessionsBuilder AddTypedSessions(this IServiceCollection services) => services.AddTypedSessions(configure: null);

    /// <summary>Adds sessions, kept in memory unless a store is named.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the options; null leaves the defaults.</param>
    public static SessionsBuilder AddTypedSessions(this IServiceCollection services, Action<TypedSessionOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TypedSessionOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TypedSessionOptions>, TypedSessionOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<TypedSessionOptions>, TypedSessionOptionsDefaults>());
        if (configure is not null)
            options.Configure(configure);

        services.AddLogging();
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, SessionOutageFilter>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(CreateStore);
        services.TryAddSingleton<SessionTelemetry>();
        services.TryAddSingleton<SessionServices>();
        services.TryAddSingleton(provider => new SessionManager(provider.GetRequiredService<SessionServices>()));
        services.TryAddScoped<CurrentSession>();
        services.TryAddScoped(CurrentSession.Of);
        return new SessionsBuilder(services);
    }

    /// <summary>Adds sessions, with options from a configuration section.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">Holds what <see cref="TypedSessionOptions"/> hold, <c>Store</c> among it.</param>
    public static SessionsBuilder AddTypedSessions(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var builder = services.AddTypedSessions();
        services.Configure<TypedSessionOptions>(section);
        if (SessionStoreRegistration.Cookies.Name.Equals(section[nameof(TypedSessionOptions.Store)], StringComparison.OrdinalIgnoreCase))
            services.AddDataProtection();
        return builder;
    }

    private static ISessionStore CreateStore(IServiceProvider provider)
    {
        var registered = provider.GetServices<SessionStoreRegistration>();
        var name = provider.GetRequiredService<IOptions<TypedSessionOptions>>().Value.Store;
        return SessionStoreRegistration.Find(registered, name)!.Create(provider);
    }

    private sealed class TypedSessionOptionsDefaults(IHostEnvironment? environment = null) : IConfigureOptions<TypedSessionOptions>
    {
        public void Configure(TypedSessionOptions options) =>
            options.DefaultNestedMutations = environment?.IsDevelopment() == true ? NestedMutations.Warn : NestedMutations.Ignore;
    }
}
