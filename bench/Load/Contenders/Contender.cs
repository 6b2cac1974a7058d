namespace Sessions.Load;

/// <summary>One way to keep a visitor's state: an application that answers the paths of <see cref="Work"/>, in a process of its own.</summary>
/// <remarks>A new one is a class of this and a line in <see cref="All"/>.</remarks>
internal abstract class Contender
{
    public static IReadOnlyList<Contender> All { get; } =
    [
        new NoSession(),
        new BareDictionary(),
        new EncodedDictionary(),
        TypedSession.InMemory,
        new FrameworkSession(inRedis: false),
        TypedSession.InCookies,
        TypedSession.InFiles,
        new BareRedis(),
        TypedSession.InRedis,
        new FrameworkSession(inRedis: true),
        new BareEntityFramework(DatabaseKind.Sqlite),
        TypedSession.InSqlite,
        new BareNpgsql(),
        new BareEntityFramework(DatabaseKind.Postgres),
        TypedSession.InPostgres,
        new DjangoSite(),
    ];

    public abstract string Name { get; }

    /// <summary>Whose throughput is the most that this one can have; null for that of no session.</summary>
    public virtual string? Limit => null;

    /// <summary>Whether a write is there to be read; false where every answer is a constant.</summary>
    public virtual bool KeepsState => true;

    /// <summary>Whether the state is in the cookie, so that a driver that sends the same one again writes the same again.</summary>
    public virtual bool IsKeptByClient => false;

    /// <summary>How large a session it takes; in kilobytes.</summary>
    public virtual int MaxKilobytes => int.MaxValue;

    public bool Does(Work work) => work.Kilobytes.GetValueOrDefault() <= MaxKilobytes;

    public virtual bool NeedsRedis => false;

    public virtual bool NeedsPostgres => false;

    /// <summary>What to run in place of this program; null for this program.</summary>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="directory">Where it can keep files.</param>
    public virtual (string Command, string[] Arguments)? External(int port, string directory) => null;

    public bool IsExternal => External(port: 0, directory: "") is not null;

    /// <summary>Why it cannot run here; null when it can.</summary>
    public virtual string? Missing() => null;

    public virtual void AddServices(IServiceCollection services, Place place)
    {
    }

    /// <summary>Adds the middleware and the endpoints.</summary>
    public virtual void Map(WebApplication app)
    {
    }

    /// <summary>Makes tables, before the first request.</summary>
    public virtual Task PrepareAsync(IServiceProvider services) => Task.CompletedTask;
}
