using System.Diagnostics;

namespace Sessions;

/// <summary>What a debugger shows of a session: its state, never an id or a value.</summary>
[DebuggerNonUserCode]
internal sealed class SessionDebugView(Session session)
{
    public string Id => session.Id?.ToString() ?? "(new)";

    public bool IsLoaded => session.IsLoaded;

    public bool Accessed => session.Accessed;

    public bool Modified => session.Modified;
}
