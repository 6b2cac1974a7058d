namespace Sessions;

/// <summary>What the endpoint does when the store of the sessions cannot be reached. On an action, a controller or a page model.</summary>
/// <param name="policy">Without this attribute it is <see cref="SessionFaultPolicy.Fail"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SessionFaultPolicyAttribute(SessionFaultPolicy policy) : Attribute
{
    /// <summary>What it does.</summary>
    public SessionFaultPolicy Policy { get; } = policy;
}
