namespace Sessions.Load;

/// <summary>The limit: the same answers, and nothing is kept.</summary>
internal sealed class NoSession : Contender
{
    public override string Name => "no session";

    public override bool KeepsState => false;

    public override void Map(WebApplication app)
    {
        var basket = Basket.Sample();
        app.MapGet("/untouched", () => "ok");
        app.MapGet("/seed", () => "seeded");
        app.MapGet("/read", () => Visitor.Describe(7, "Ada", basket));
        app.MapGet("/write", () => $"{8}");
        app.MapGet("/new", () => $"{1}");
        app.MapGet("/small", () => $"{7}");
    }
}
