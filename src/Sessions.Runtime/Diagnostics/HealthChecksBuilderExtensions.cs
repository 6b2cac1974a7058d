using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sessions;

/// <summary>Sessions among an application's health checks.</summary>
public static class HealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks that the store of the sessions answers, within <see cref="TypedSessionOptions.IoTimeout"/>, and that what Data Protection
    /// encrypts can be read wherever, and for as long as, the sessions are there: degraded where its keys are kept in memory, or where it keeps them
    /// by default, on this machine, while others share the sessions.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">Reported where the store does not answer; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">What endpoints choose checks by; null for none.</param>
    /// <param name="timeout">How long the check may take; null for the store's own limit.</param>
    public static IHealthChecksBuilder AddSessionStore(
        this IHealthChecksBuilder builder,
        string name = "session_store",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, Create, failureStatus, tags, timeout));
    }

    private static SessionStoreHealthCheck Create(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<SessionStoreHealthCheck>(services, services.GetService<SessionServices>()
            ?? throw new InvalidOperationException("AddSessionStore() finds no sessions: call services.AddTypedSessions()."));
}
