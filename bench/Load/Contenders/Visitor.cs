namespace Sessions.Load;

/// <summary>What the contenders keep of a visitor.</summary>
internal sealed class Visitor
{
    public const string Cookie = "visitor";

    public int Number { get; set; } = 7;

    public string Name { get; set; } = "Ada";

    public Basket Basket { get; set; } = Basket.Sample();

    public string? Large { get; set; }

    /// <summary>The answer to a read.</summary>
    public static string Describe(int number, string name, Basket basket) => $"{number} {name} {basket.Lines.Count}";
}

/// <summary>An object with a list of five.</summary>
public sealed class Basket
{
    public string Owner { get; set; } = "";

    public List<string> Lines { get; set; } = [];

    public static Basket Sample() => new() { Owner = "Ada", Lines = ["tea", "milk", "sugar", "bread", "butter"] };
}
