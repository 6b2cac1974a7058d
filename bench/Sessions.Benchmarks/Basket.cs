namespace Sessions.Benchmarks;

/// <summary>An object with a list of five, as a shop keeps in a session.</summary>
public sealed class Basket
{
    public string Owner { get; set; } = "";

    public List<string> Lines { get; set; } = [];

    public static Basket Sample() => new() { Owner = "Ada", Lines = ["tea", "milk", "sugar", "bread", "butter"] };
}
