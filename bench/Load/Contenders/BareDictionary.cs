using System.Collections.Concurrent;

namespace Sessions.Load;

/// <summary>The limit of what is kept in the process: live objects in a dictionary, under the cookie's value.</summary>
internal sealed class BareDictionary : Contender
{
    private readonly ConcurrentDictionary<string, Visitor> _visitors = new(StringComparer.Ordinal);

    public override string Name => "dictionary";

    public override void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", (HttpContext context, int kilobytes) =>
        {
            _visitors[VisitorCookie.Give(context)] = new Visitor { Large = new string('x', kilobytes * 1024) };
            return "seeded";
        });
        app.MapGet("/read", (HttpContext context) =>
        {
            var visitor = Find(context);
            return Visitor.Describe(visitor.Number, visitor.Name, visitor.Basket);
        });
        app.MapGet("/write", (HttpContext context) =>
        {
            var visitor = Find(context);
            VisitorCookie.Renew(context, VisitorCookie.Find(context));
            lock (visitor)
                return $"{++visitor.Number}";
        });
        app.MapGet("/new", (HttpContext context) =>
        {
            _visitors[VisitorCookie.Give(context)] = new Visitor { Number = 1 };
            return $"{1}";
        });
        app.MapGet("/small", (HttpContext context) => $"{Find(context).Number}");
    }

    private Visitor Find(HttpContext context) => _visitors[VisitorCookie.Find(context)];
}
