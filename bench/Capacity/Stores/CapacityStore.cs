namespace Sessions.Capacity;

/// <summary>A store to be measured, on a server of its own where it needs one.</summary>
internal abstract class CapacityStore : IAsyncDisposable
{
    /// <summary>By the names that the command line knows.</summary>
    public static IReadOnlyDictionary<string, Func<CapacityStore>> All { get; } = new Dictionary<string, Func<CapacityStore>>
    {
        ["memory"] = static () => new MemoryStore(),
        ["redis"] = static () => new RedisStore(),
        ["postgresql"] = static () => new PostgresStore(),
        ["sqlite"] = static () => new SqliteStore(),
        ["files"] = static () => new FileStore(),
    };

    /// <summary>Whether expired sessions stay until they are cleared.</summary>
    public virtual bool Clears => true;

    /// <summary>Whether a part of a session can be read by itself.</summary>
    public virtual bool LoadsParts => false;

    /// <summary>Starts the server. Throws <see cref="InvalidOperationException"/>, naming what to install, where there is none.</summary>
    public virtual Task StartAsync() => Task.CompletedTask;

    /// <summary>Registers the store, as an application does.</summary>
    public abstract void AddTo(SessionsBuilder sessions);

    /// <summary>What comes before the first session: the tables.</summary>
    public virtual Task PrepareAsync(IServiceProvider services) => Task.CompletedTask;

    /// <summary>The bytes that the whole store takes at this moment.</summary>
    public abstract Task<long> BytesAsync();

    /// <summary>Stores records under further names, as they are, by the shortest way that there is.</summary>
    public abstract Task CopyAsync(IEnumerable<Copy> copies);

    /// <summary>The bytes that went to and came from the server since it was started; null where nobody counts them.</summary>
    public virtual Task<Traffic?> TrafficAsync() => Task.FromResult<Traffic?>(null);

    /// <summary>The processor time of the store's own server; none where the store is a part of the application.</summary>
    public virtual Task<TimeSpan> ServerTimeAsync() => Task.FromResult(TimeSpan.Zero);

    public abstract ValueTask DisposeAsync();
}
