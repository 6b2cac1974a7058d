namespace Sessions;

/// <summary>Makes a partial class a shape: a typed view of some keys of the session. Its partial properties are the keys.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SessionShapeAttribute : Attribute
{
    /// <summary>Stands before the name of each key of the shape.</summary>
    /// <value>None.</value>
    public string? Prefix { get; set; }
}
