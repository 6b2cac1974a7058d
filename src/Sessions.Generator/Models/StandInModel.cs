using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Models;

/// <summary>
/// A partial property that cannot be a key. It is implemented all the same, and throws: without an implementation the compiler would
/// stop before it shows what the rules have to say.
/// </summary>
internal sealed record StandInModel
{
    public required string Identifier { get; init; }

    public required string Type { get; init; }

    public required string Modifiers { get; init; }

    /// <summary>Its accessors, with their modifiers: <c>private set</c>.</summary>
    public required EquatableArray<string> Accessors { get; init; }
}
