using System.Diagnostics.CodeAnalysis;

namespace Sessions;

/// <summary>What the generator makes of a <see cref="SessionShapeAttribute"/> class.</summary>
/// <typeparam name="TSelf">The shape itself.</typeparam>
public interface ISessionShape<TSelf>
    where TSelf : class, ISessionShape<TSelf>
{
    /// <summary>Makes the shape over a session.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "It is called on the shape.")]
    static abstract TSelf Create(Session session);

    /// <summary>The names of the keys that the shape reads, former ones too, so that a store can leave the others out; null: any key.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "It is called on the shape.")]
    static virtual IReadOnlyCollection<string>? KeyNames => null;

    /// <summary>The session that the shape is a view of.</summary>
    Session Session { get; }
}
