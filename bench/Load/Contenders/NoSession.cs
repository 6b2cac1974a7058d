namespace Sessions.Load;

/// <summary>The limit: the same answers, and nothing is kept.</summary>
internal sealed class NoSession : Contender
{
    public override string Name => "no session";

    public override bool KeepsState => false;

    public override void Map(WebApplication app)
    {
        // The handlers of a visitor's pages take something of the request, as all contenders' do: the framework compiles a delegate for each.
        var basket = Basket.Sample();
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", (HttpContext _) => "seeded");
        app.MapGet("/read", (HttpContext _) => Visitor.Describe(7, "Ada", basket));
        app.MapGet("/write", (HttpContext _) => $"{8}");
        app.MapGet("/new", (HttpContext _) => $"{1}");
        app.MapGet("/small", (HttpContext _) => $"{7}");
    }
}
