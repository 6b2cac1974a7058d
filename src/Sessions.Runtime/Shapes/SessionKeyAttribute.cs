using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>Says more about a key of a shape than its property does.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SessionKeyAttribute : Attribute
{
    /// <summary>The key is named as the property.</summary>
    public SessionKeyAttribute()
    {
    }

    /// <summary>The key has a name of its own.</summary>
    public SessionKeyAttribute(string name) => Name = name;

    /// <summary>The key's name, without the shape's prefix; null for the property's name.</summary>
    public string? Name { get; }

    /// <summary>
    /// What the property gives while the key is missing. A constant of the property's type, or a string for types that have no
    /// constants: TimeSpan, DateTimeOffset, DateTime, DateOnly, TimeOnly, Guid and decimal; an array of them for an array or a
    /// collection, which is made anew for each session. It goes before <see cref="DefaultFactory"/>.
    /// </summary>
    /// <value>None.</value>
    public object? Default { get; set; }

    /// <summary>The name of a static method of the class that makes what the property gives while the key is missing.</summary>
    /// <value>None.</value>
    public string? DefaultFactory { get; set; }

    /// <summary>Whole names, without prefix, that the key had before: read while the key is missing, dropped when it is written.</summary>
    /// <value>None.</value>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "Attributes can take nothing else.")]
    public string[] FormerNames { get; set; } = [];
}
