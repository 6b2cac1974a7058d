using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>Whether the store answers, and whether Data Protection's keys are as lasting, and as shared, as the sessions are.</summary>
internal sealed class SessionStoreHealthCheck(
    SessionServices services, IOptions<KeyManagementOptions> keys, IDataProtectionProvider? protection = null) : IHealthCheck
{
    // What is lost without the keys.
    private readonly string _protected = services.Cookies is null ? "sign-in cookies and antiforgery tokens" : "the sessions in cookies";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (services.Cookies is null)
                await services.Store.ExistsAsync(services.RecordId(SessionId.New()), cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The session store does not answer, or answers with an error.", exception);
        }

        return KeyProblem() is { } problem ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Healthy();
    }

    // Sessions in memory end with the process, as keys in memory do; those in files stay on this machine, as keys do by default.
    private string? KeyProblem() => (services.Store, protection) switch
    {
        (MemorySessionStore, _) or (_, null) => null,
        (_, EphemeralDataProtectionProvider) =>
            $"Data Protection keeps its keys in memory: {_protected} are lost with the process. Remove UseEphemeralDataProtectionProvider() and call AddDataProtection().PersistKeysTo…().",
        _ when keys.Value.XmlRepository is not null || !services.IsShared => null,
        _ => $"Data Protection keeps its keys where it does by default, on this machine or in memory: {_protected} are lost with it, and other machines cannot read them. Call AddDataProtection().PersistKeysTo…() with a place that all machines share.",
    };
}
