using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Sessions.Load;

/// <summary>The limit of EF Core: the same statements on a row a visitor, with a pooled context and a compiled query.</summary>
internal sealed class BareEntityFramework(DatabaseKind kind) : Contender
{
    public override string Name => NameOf(kind);

    public override bool NeedsPostgres => kind == DatabaseKind.Postgres;

    public static string NameOf(DatabaseKind kind) => $"EF Core, {kind}";

    public override void AddServices(IServiceCollection services, Place place) =>
        services.AddDbContextPool<VisitorContext>(options => kind.Use(options, place));

    public override Task PrepareAsync(IServiceProvider services) => services.GetRequiredService<VisitorContext>().Database.EnsureCreatedAsync();

    public override void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", async (HttpContext context, VisitorContext database, int kilobytes) =>
        {
            await InsertAsync(database, VisitorCookie.Give(context), new Visitor { Large = new string('x', kilobytes * 1024) });
            return "seeded";
        });
        app.MapGet("/read", async (HttpContext context, VisitorContext database) =>
        {
            var visitor = Decode(await FindAsync(database, context));
            return Visitor.Describe(visitor.Number, visitor.Name, visitor.Basket);
        });
        app.MapGet("/write", async (HttpContext context, VisitorContext database) =>
        {
            var row = await FindAsync(database, context);
            var visitor = Decode(row);
            var number = ++visitor.Number;
            var (data, version, expiresAt) = (JsonSerializer.SerializeToUtf8Bytes(visitor), row.Version + 1, DateTime.UtcNow + VisitorCookie.Age);
            StoreCalls.Add();
            var updated = await database.Visitors.Where(r => r.Id == row.Id && r.Version == row.Version && r.ExpiresAt > DateTime.UtcNow).ExecuteUpdateAsync(
                r => r.SetProperty(x => x.Data, data).SetProperty(x => x.Version, version).SetProperty(x => x.ExpiresAt, expiresAt),
                context.RequestAborted);
            VisitorCookie.Renew(context, row.Id);
            return updated == 1 ? $"{number}" : "overtaken";
        });
        app.MapGet("/new", async (HttpContext context, VisitorContext database) =>
        {
            await InsertAsync(database, VisitorCookie.Give(context), new Visitor { Number = 1 });
            return $"{1}";
        });
        app.MapGet("/small", async (HttpContext context, VisitorContext database) => $"{Decode(await FindAsync(database, context)).Number}");
    }

    private static Task<VisitorRow> FindAsync(VisitorContext database, HttpContext context)
    {
        StoreCalls.Add();
        return VisitorContext.FindLive(database, VisitorCookie.Find(context), DateTime.UtcNow, context.RequestAborted);
    }

    private static Task<int> InsertAsync(VisitorContext database, string id, Visitor visitor)
    {
        StoreCalls.Add();
        var now = DateTime.UtcNow;
        database.Visitors.Add(new VisitorRow
        {
            Id = id, Data = JsonSerializer.SerializeToUtf8Bytes(visitor), Version = 1, CreatedAt = now, ExpiresAt = now + VisitorCookie.Age,
        });
        return database.SaveChangesAsync();
    }

    private static Visitor Decode(VisitorRow row) => JsonSerializer.Deserialize<Visitor>(row.Data)!;

    private sealed class VisitorRow
    {
        public required string Id { get; init; }

        public required byte[] Data { get; init; }

        public required long Version { get; init; }

        public required DateTime CreatedAt { get; init; }

        public required DateTime ExpiresAt { get; init; }
    }

    private sealed class VisitorContext(DbContextOptions<VisitorContext> options) : DbContext(options)
    {
        public static readonly Func<VisitorContext, string, DateTime, CancellationToken, Task<VisitorRow>> FindLive = EF.CompileAsyncQuery(
            (VisitorContext context, string id, DateTime now, CancellationToken cancellationToken) =>
                context.Visitors.AsNoTracking().First(row => row.Id == id && row.ExpiresAt > now));

        public DbSet<VisitorRow> Visitors => Set<VisitorRow>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<VisitorRow>(row =>
        {
            row.Property(visitor => visitor.Id).HasMaxLength(128);
            row.HasIndex(visitor => visitor.ExpiresAt);
        });
    }
}
