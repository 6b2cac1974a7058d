namespace Sessions;

/// <summary>
/// Requests to this endpoint do not prolong the session, also where they change it: for what a page polls by itself. On an action, a
/// controller or a page model.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WithoutSessionRenewalAttribute : Attribute;
