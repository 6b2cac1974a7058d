namespace Sessions;

/// <summary>Loads the session, asynchronously, before the endpoint runs. On a controller, an action, a page model, a Razor
/// component or a hub.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireSessionAttribute : Attribute;
