namespace Sessions;

/// <summary>How the Redis store keeps its sessions.</summary>
public sealed class RedisSessionStoreOptions
{
    /// <summary>What the names of all keys begin with, so that they are out of reach of the application's other keys.</summary>
    /// <value><c>sessions:</c>.</value>
    public string KeyPrefix { get; set; } = "sessions:";

    /// <summary>The store's own connection; null for the application's.</summary>
    internal string? Configuration { get; set; }
}
