using Microsoft.EntityFrameworkCore;

namespace Sessions.Load;

/// <summary>Typed sessions, on each of their stores.</summary>
internal sealed class TypedSession : Contender
{
    private readonly string _store;
    private readonly Action<SessionsBuilder, Place> _storeIn;
    private readonly Func<IServiceProvider, Task> _prepare;

    private TypedSession(string store, string? limit, Action<SessionsBuilder, Place> storeIn, Func<IServiceProvider, Task>? prepare = null) =>
        (_store, Limit, _storeIn, _prepare) = (store, limit, storeIn, prepare ?? (static _ => Task.CompletedTask));

    public static TypedSession InMemory { get; } = new("memory", "dictionary", static (sessions, _) => sessions.StoreInMemory());

    public static TypedSession InCookies { get; } = new("cookies", limit: null, static (sessions, _) => sessions.StoreInCookies(options => options.MaxCookies = 8));

    public static TypedSession InFiles { get; } = new("files", limit: null, static (sessions, place) => sessions.StoreInFiles(Path.Combine(place.Directory, "sessions")));

    public static TypedSession InRedis { get; } = new("Redis", "StackExchange.Redis", static (sessions, place) => sessions.StoreInRedis(place.Redis!));

    public static TypedSession InSqlite { get; } = InDatabase(DatabaseKind.Sqlite);

    public static TypedSession InPostgres { get; } = InDatabase(DatabaseKind.Postgres);

    public override string Name => $"Sessions, {_store}";

    public override string? Limit { get; }

    public override bool IsKeptByClient => this == InCookies;

    public override int MaxKilobytes => IsKeptByClient ? 10 : int.MaxValue;

    public override bool NeedsRedis => _store == "Redis";

    public override bool NeedsPostgres => _store == $"{DatabaseKind.Postgres}";

    public override void AddServices(IServiceCollection services, Place place)
    {
        _storeIn(services.AddTypedSessions(options => options.Cookie.Name = Visitor.Cookie).AddSessionShapes(), place);
        if (place.CountsCalls && !IsKeptByClient)   // cookies have no store to count at
            CountingStores.Decorate(services);
    }

    public override Task PrepareAsync(IServiceProvider services) => _prepare(services);

    public override void Map(WebApplication app)
    {
        app.UseTypedSessions();
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", (HttpContext context, int kilobytes) =>
        {
            var session = context.GetSession();
            var visitor = new VisitorSession(session) { Number = 7, Name = "Ada", Basket = Basket.Sample() };
            if (kilobytes > 0)
                session.Set("large", new string('x', kilobytes * 1024));
            return visitor.Name == "Ada" ? "seeded" : "";
        });
        app.MapGet("/read", (VisitorSession visitor) => Visitor.Describe(visitor.Number, visitor.Name, visitor.Basket));
        app.MapGet("/write", (VisitorSession visitor) => $"{++visitor.Number}");
        app.MapGet("/new", (VisitorSession visitor) => $"{++visitor.Number}");
        app.MapGet("/small", (CountSession visitor) => $"{visitor.Number}");
    }

    private static TypedSession InDatabase(DatabaseKind kind) => new($"{kind}", BareEntityFramework.NameOf(kind), (sessions, place) =>
    {
        sessions.Services.AddDbContextPool<SessionsContext>(options => kind.Use(options, place));
        sessions.StoreInDatabase<SessionsContext>();
    }, static services => services.GetRequiredService<SessionsContext>().Database.EnsureCreatedAsync());

    private sealed class SessionsContext(DbContextOptions<SessionsContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddSessions();
    }
}

[SessionShape]
internal sealed partial class VisitorSession
{
    [SessionKey("number")]
    public partial int Number { get; set; }

    [SessionKey(Default = "")]
    public partial string Name { get; set; }

    public partial Basket Basket { get; set; }
}

[SessionShape]
internal sealed partial class CountSession
{
    [SessionKey("number")]
    public partial int Number { get; set; }
}
