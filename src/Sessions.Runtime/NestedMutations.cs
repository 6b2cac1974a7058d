namespace Sessions;

/// <summary>
/// What happens, at the end of a request, to a mutable value that was read from the session and changed in place
/// without <see cref="Session.Modified"/> being set.
/// </summary>
public enum NestedMutations
{
    /// <summary>The change is not saved, silently. The default outside Development.</summary>
    Ignore,

    /// <summary>The change is not saved, and a warning names the key. The default in Development.</summary>
    Warn,

    /// <summary>The change is saved as if the value had been set.</summary>
    Save,

    /// <summary>The request fails with an <see cref="InvalidOperationException"/> that names the key. For tests.</summary>
    Throw,
}
