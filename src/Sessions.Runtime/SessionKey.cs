using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>The typed name of one entry of a <see cref="Session"/>, usable wherever the session takes a key.</summary>
/// <typeparam name="T">The type of the entry's value.</typeparam>
[DebuggerDisplay("{Name,nq}")]
public sealed class SessionKey<T>
{
    /// <summary>A key without a default.</summary>
    /// <param name="name">The entry's name: 1 to 256 characters that do not begin with an underscore.</param>
    /// <exception cref="ArgumentException">The name is not usable.</exception>
    public SessionKey(string name) => Name = SessionKeyName.Validate(name);

    /// <summary>A key whose missing entry reads as <paramref name="defaultValue"/>.</summary>
    /// <inheritdoc cref="SessionKey{T}(string)" path="/param|/exception"/>
    /// <param name="name">The entry's name.</param>
    /// <param name="defaultValue">What a missing entry reads as. A mutable object is handed out as a copy, one a session.</param>
    public SessionKey(string name, T defaultValue)
        : this(name)
    {
        DefaultValue = defaultValue;
        HasDefault = true;
    }

    /// <summary>The entry's name.</summary>
    public string Name { get; }

    /// <summary>What a missing entry reads as; <c>default</c> where the key has none.</summary>
    public T? DefaultValue { get; }

    /// <summary>Whether the key was given a <see cref="DefaultValue"/>.</summary>
    public bool HasDefault { get; }

    /// <summary>Makes what a missing entry reads as, anew for each session; null where the key has no factory.</summary>
    /// <value>Null by default.</value>
    public Func<T>? DefaultFactory { get; init; }

    /// <summary>Names the entry had before: read when <see cref="Name"/> is missing, dropped by a write, pop or removal.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> FormerNames
    {
        get => Former;
        init => Former = [.. value];
    }

    /// <summary>The shape's property this key stands for, named in errors; null for a key of no shape.</summary>
    /// <value>Null by default.</value>
    public string? Property { get; init; }

    /// <summary>The key's name.</summary>
    public override string ToString() => Name;

    internal string[] Former { get; private init; } = [];

    internal bool TryGetDefault([MaybeNullWhen(false)] out T value)
    {
        value = DefaultFactory is null ? DefaultValue : DefaultFactory();
        return HasDefault || DefaultFactory is not null;
    }
}
