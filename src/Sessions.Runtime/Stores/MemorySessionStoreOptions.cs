namespace Sessions;

/// <summary>How much memory <see cref="MemorySessionStore"/> may take.</summary>
public sealed class MemorySessionStoreOptions
{
    /// <summary>
    /// The bound on all sessions together, in bytes. Above it, the sessions that would expire soonest are dropped, and a warning says so.
    /// </summary>
    /// <value>A quarter of the memory available to the process.</value>
    public long MaxBytes { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
}
