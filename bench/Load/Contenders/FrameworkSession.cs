using System.Text.Json;

namespace Sessions.Load;

/// <summary>ASP.NET Core's own session, used as its documentation says: loaded asynchronously, objects as JSON.</summary>
internal sealed class FrameworkSession(bool inRedis) : Contender
{
    public override string Name => inRedis ? "AddSession, Redis" : "AddSession, memory";

    public override string? Limit => inRedis ? "StackExchange.Redis" : "dictionary";

    public override bool NeedsRedis => inRedis;

    public override void AddServices(IServiceCollection services, Place place)
    {
        if (inRedis)
            services.AddStackExchangeRedisCache(options => options.Configuration = place.Redis);
        else
            services.AddDistributedMemoryCache(options => options.SizeLimit = null);
        services.AddSession(options => options.Cookie.Name = Visitor.Cookie);
        if (place.CountsCalls)
            CountingStores.Decorate(services);
    }

    public override void Map(WebApplication app)
    {
        app.UseSession();
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", (HttpContext context, int kilobytes) =>
        {
            var session = context.Session;
            session.SetInt32("number", 7);
            session.SetString("name", "Ada");
            session.SetString("basket", JsonSerializer.Serialize(Basket.Sample()));
            if (kilobytes > 0)
                session.SetString("large", new string('x', kilobytes * 1024));
            return "seeded";
        });
        app.MapGet("/read", async (HttpContext context) =>
        {
            var session = context.Session;
            await session.LoadAsync(context.RequestAborted);
            return Visitor.Describe(
                session.GetInt32("number") ?? 0, session.GetString("name")!, JsonSerializer.Deserialize<Basket>(session.GetString("basket")!)!);
        });
        app.MapGet("/write", (Delegate)IncrementAsync);
        app.MapGet("/new", (Delegate)IncrementAsync);
        app.MapGet("/small", async (HttpContext context) =>
        {
            await context.Session.LoadAsync(context.RequestAborted);
            return $"{context.Session.GetInt32("number")}";
        });
    }

    private static async Task<string> IncrementAsync(HttpContext context)
    {
        var session = context.Session;
        await session.LoadAsync(context.RequestAborted);
        var number = (session.GetInt32("number") ?? 0) + 1;
        session.SetInt32("number", number);
        return $"{number}";
    }
}
