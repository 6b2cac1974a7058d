using System.ComponentModel;
using System.Diagnostics;

namespace Sessions;

/// <summary>What a debugger shows of a shape: its session, and no value, for which it would have to be loaded. Generated code names it.</summary>
/// <typeparam name="TShape">The shape.</typeparam>
/// <param name="shape">The shape that is looked at.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SessionShapeDebugView<TShape>(TShape shape)
    where TShape : class, ISessionShape<TShape>
{
    /// <summary>The session behind the shape.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public Session Session => shape.Session;
}
