using System.Globalization;
using System.Text;

namespace Sessions.Generator.Benchmarks;

/// <summary>Large inputs: files of shapes, and files of handlers that use them.</summary>
internal static class SyntheticSources
{
    private const int KeysPerShape = 10;

    public static string Shape(int number)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"namespace Shop.Area{number % 20};").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"[SessionShape(Prefix = \"s{number}.\")]");
        text.AppendLine(CultureInfo.InvariantCulture, $"public partial class Shape{number}").AppendLine("{");
        for (var key = 0; key < KeysPerShape; key++)
            text.AppendLine(CultureInfo.InvariantCulture, $"    {Property(key)}");
        return text.AppendLine("}").ToString();
    }

    /// <summary>A file with handlers: some use a shape rightly, most do other things.</summary>
    public static string Handlers(int number, int shapes)
    {
        var shape = number % shapes;
        return $$"""
            namespace Shop.Handlers{{number % 20}};

            public sealed class Handler{{number}}
            {
                private readonly Dictionary<string, List<int>> _cache = [];

                public int Add(global::Shop.Area{{shape % 20}}.Shape{{shape}} shape, int value)
                {
                    shape.Key0 += value;
                    shape.MutateKey3(list => list.Add($"{value}"));
                    if (shape.TryGetKey1(out var name) && name is { Length: > 3 })
                        shape.Key1 = name.ToUpperInvariant();
                    foreach (var text in shape.Key3)
                        value += text.Length;
                    return value;
                }

                public List<int> Remember(string key, int value)
                {
                    if (!_cache.TryGetValue(key, out var list))
                        _cache[key] = list = [];
                    list.Add(value);
                    list.Sort();
                    return list;
                }

                public string Render(IEnumerable<(string Name, decimal Price)> lines)
                {
                    var total = 0m;
                    var rows = new List<string>();
                    foreach (var (name, price) in lines.Where(line => line.Price > 0).OrderBy(line => line.Name))
                    {
                        total += price;
                        rows.Add($"{name}: {price:0.00}");
                    }

                    return string.Join('\n', rows) + $"\n{total:0.00}";
                }

                public async Task<int> CountAsync(HttpContext context)
                {
                    var session = context.GetSession();
                    await session.LoadAsync(context.RequestAborted);
                    var count = session.Get("visits", 0) + 1;
                    session.Set("visits", count);
                    return count;
                }
            }
            """;
    }

    private static string Property(int key) => (key % 5) switch
    {
        0 => $"public partial int Key{key} {{ get; set; }}",
        1 => $"[SessionKey(Default = \"text\")] public partial string Key{key} {{ get; set; }}",
        2 => $"public partial DateTimeOffset? Key{key} {{ get; set; }}",
        3 => $"public partial List<string> Key{key} {{ get; set; }}",
        _ => $"[SessionKey(\"renamed{key}\", FormerNames = [\"old{key}\"])] public partial decimal Key{key} {{ get; set; }}",
    };
}
