using System.Collections.Concurrent;
using System.Text.Json;

namespace Sessions.Load;

/// <summary>
/// What a dictionary costs when no two requests share an object: it keeps JSON, each request decodes its own copy, and a write that
/// another has overtaken is done again.
/// </summary>
internal sealed class EncodedDictionary : Contender
{
    private readonly ConcurrentDictionary<string, byte[]> _visitors = new(StringComparer.Ordinal);

    public override string Name => "dictionary of JSON";

    public override void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", (HttpContext context, int kilobytes) => Add(context, new Visitor { Large = new string('x', kilobytes * 1024) }, "seeded"));
        app.MapGet("/read", (HttpContext context) =>
        {
            var visitor = Decode(_visitors[VisitorCookie.Find(context)]);
            return Visitor.Describe(visitor.Number, visitor.Name, visitor.Basket);
        });
        app.MapGet("/write", (HttpContext context) =>
        {
            var id = VisitorCookie.Find(context);
            VisitorCookie.Renew(context, id);
            while (true)
            {
                var read = _visitors[id];
                var visitor = Decode(read);
                visitor.Number++;
                if (_visitors.TryUpdate(id, Encode(visitor), read))
                    return $"{visitor.Number}";
            }
        });
        app.MapGet("/new", (HttpContext context) => Add(context, new Visitor { Number = 1 }, "1"));
        app.MapGet("/small", (HttpContext context) => $"{Decode(_visitors[VisitorCookie.Find(context)]).Number}");
    }

    private string Add(HttpContext context, Visitor visitor, string answer)
    {
        _visitors[VisitorCookie.Give(context)] = Encode(visitor);
        return answer;
    }

    private static byte[] Encode(Visitor visitor) => JsonSerializer.SerializeToUtf8Bytes(visitor);

    private static Visitor Decode(byte[] bytes) => JsonSerializer.Deserialize<Visitor>(bytes)!;
}
