namespace Sessions;

internal enum SessionEntryState
{
    /// <summary>As in the store.</summary>
    Stored,

    /// <summary>Written by this request.</summary>
    Set,

    /// <summary>Removed by this request.</summary>
    Removed,

    /// <summary>Missing, but a mutable default was handed out for it.</summary>
    Default,
}
