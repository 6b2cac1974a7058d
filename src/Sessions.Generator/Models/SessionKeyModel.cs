using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Models;

/// <summary>One key of a shape, as the emitter prints it.</summary>
internal sealed record SessionKeyModel
{
    /// <summary>The property's name as metadata knows it; companions are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>The property's name as source text.</summary>
    public required string Identifier { get; init; }

    /// <summary>The property's type as source text.</summary>
    public required string Type { get; init; }

    public required string Modifiers { get; init; }

    /// <summary>The getter's own accessibility with a space after it, or empty.</summary>
    public required string GetterModifier { get; init; }

    /// <summary>The setter's own accessibility with a space after it, or empty.</summary>
    public required string SetterModifier { get; init; }

    /// <summary>The session's verb behind the getter.</summary>
    public required string Getter { get; init; }

    /// <summary>The accessibility of the companions that only read.</summary>
    public required string ReadAccess { get; init; }

    /// <summary>The accessibility of the companion that only writes.</summary>
    public required string WriteAccess { get; init; }

    /// <summary>The accessibility of the companions that read and write.</summary>
    public required string UpdateAccess { get; init; }

    /// <summary>The key's accessibility inside <c>Keys</c>; null for a key that only the shape itself may see.</summary>
    public required string? KeyAccess { get; init; }

    /// <summary>Whether a missing value has to be announced to null analysis in <c>TryGet</c>.</summary>
    public required bool IsNullWhenMissing { get; init; }

    /// <summary>The arguments of the key's constructor.</summary>
    public required string Arguments { get; init; }

    /// <summary>What the key's object initializer sets.</summary>
    public required EquatableArray<string> Initializers { get; init; }

    public required bool HasFormerNames { get; init; }

    public required KeyMembers Members { get; init; }

    /// <summary>The key's row in the schema file.</summary>
    public required SchemaKeyModel Schema { get; init; }

    /// <summary>The key's field, seen from the shape.</summary>
    public string Key => (KeyAccess is null ? "PrivateKeys." : "Keys.") + Identifier;
}
