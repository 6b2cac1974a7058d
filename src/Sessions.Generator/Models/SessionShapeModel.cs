using Sessions.Generator.Infrastructure;

namespace Sessions.Generator.Models;

/// <summary>One shape, as the emitter prints it.</summary>
internal sealed record SessionShapeModel
{
    public required string HintName { get; init; }

    /// <summary>Null in the global namespace.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The declarations around the shape, outermost first: <c>partial struct Outer</c>.</summary>
    public required EquatableArray<string> ContainingTypes { get; init; }

    /// <summary>The declaration of the shape: <c>partial class CartSession</c>.</summary>
    public required string Header { get; init; }

    public required string Identifier { get; init; }

    /// <summary>The type as source text, with <c>global::</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>Whether it can be a shape; else only its stand-ins are printed.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Whether the whole assembly can name it, and it can be a shape.</summary>
    public required bool IsReachable { get; init; }

    /// <summary>Whether its base class is constructed from the session.</summary>
    public required bool PassesSessionToBase { get; init; }

    /// <summary>Whether its base class is a shape, which has the session already.</summary>
    public required bool ExtendsShape { get; init; }

    /// <summary>Whether the application says itself what a debugger shows.</summary>
    public required bool HasDebugView { get; init; }

    public required EquatableArray<SessionKeyModel> Keys { get; init; }

    public required EquatableArray<StandInModel> StandIns { get; init; }
}
