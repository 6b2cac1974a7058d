using System.Text.Json;
using StackExchange.Redis;

namespace Sessions.Load;

/// <summary>The limit of Redis: a hash a visitor, read and written by hand.</summary>
internal sealed class BareRedis : Contender
{
    private IDatabase _database = null!;

    public override string Name => "StackExchange.Redis";

    public override bool NeedsRedis => true;

    public override void AddServices(IServiceCollection services, Place place) =>
        services.AddSingleton<IConnectionMultiplexer>(ConnectionMultiplexer.Connect(place.Redis!));

    public override void Map(WebApplication app)
    {
        _database = app.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", async (HttpContext context, int kilobytes) =>
        {
            await WriteAsync(
                VisitorCookie.Give(context),
                new("number", 7), new("name", "Ada"), new("basket", JsonSerializer.SerializeToUtf8Bytes(Basket.Sample())), new("large", new string('x', kilobytes * 1024)));
            return "seeded";
        });
        app.MapGet("/read", async (HttpContext context) =>
        {
            var values = await ReadAsync(VisitorCookie.Find(context), "number", "name", "basket");
            return Visitor.Describe((int)values[0], values[1]!, JsonSerializer.Deserialize<Basket>(((ReadOnlyMemory<byte>)values[2]).Span)!);
        });
        app.MapGet("/write", async (HttpContext context) =>
        {
            var id = VisitorCookie.Find(context);
            var number = (int)(await ReadAsync(id, "number", "name", "basket"))[0] + 1;
            await WriteAsync(id, new HashEntry("number", number));
            VisitorCookie.Renew(context, id);
            return $"{number}";
        });
        app.MapGet("/new", async (HttpContext context) =>
        {
            await WriteAsync(VisitorCookie.Give(context), new HashEntry("number", 1));
            return $"{1}";
        });
        app.MapGet("/small", async (HttpContext context) => $"{(await ReadAsync(VisitorCookie.Find(context), "number"))[0]}");
    }

    private Task<RedisValue[]> ReadAsync(string id, params RedisValue[] fields)
    {
        StoreCalls.Add();
        return _database.HashGetAsync(Key(id), fields);
    }

    // Two commands that travel together.
    private Task WriteAsync(string id, params HashEntry[] fields)
    {
        StoreCalls.Add();
        return Task.WhenAll(_database.HashSetAsync(Key(id), fields), _database.KeyExpireAsync(Key(id), VisitorCookie.Age));
    }

    private static RedisKey Key(string id) => "visitor:" + id;
}
