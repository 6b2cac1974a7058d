namespace Sessions.Generator;

/// <summary>Types by their metadata names.</summary>
internal static class WellKnownNames
{
    public const string Session = "Sessions.Session";
    public const string SessionKey = "Sessions.SessionKey`1";
    public const string SessionManager = "Sessions.SessionManager";
    public const string SessionShapeAttribute = "Sessions.SessionShapeAttribute";
    public const string SessionKeyAttribute = "Sessions.SessionKeyAttribute";
    public const string DebuggerTypeProxyAttribute = "System.Diagnostics.DebuggerTypeProxyAttribute";
}
