using System.Globalization;
using System.Text;
using Sessions.Generator.Models;

namespace Sessions.Generator.Schemas;

/// <summary>Prints <c>sessions.schema.json</c>: a line a key, in an order that no build changes.</summary>
internal static class SessionSchema
{
    public const string FileName = "sessions.schema.json";

    /// <summary>Whether a file of the project is the checked-in schema.</summary>
    public static bool IsSchema(string path) => string.Equals(Path.GetFileName(path), FileName, StringComparison.OrdinalIgnoreCase);

    public static string Print(IEnumerable<SchemaKeyModel> keys)
    {
        var shapes = keys
            .GroupBy(static key => key.Shape, StringComparer.Ordinal)
            .OrderBy(static shape => shape.Key, StringComparer.Ordinal)
            .Select(static shape => $"  {Text(shape.Key)}: {{\n{string.Join(",\n", Lines(shape))}\n  }}");
        return $"{{\n{string.Join(",\n", shapes)}\n}}\n";
    }

    private static IEnumerable<string> Lines(IEnumerable<SchemaKeyModel> keys) => keys
        .GroupBy(static key => key.Key, StringComparer.Ordinal)
        .OrderBy(static same => same.Key, StringComparer.Ordinal)
        .Select(static same => same.First())
        .Select(static key =>
        {
            var text = new StringBuilder($"    {Text(key.Key)}: {{ \"type\": {Text(key.Type)}");
            if (key.Default is not null)
                text.Append(", \"default\": ").Append(Text(key.Default));
            if (key.FormerNames.Count > 0)
                text.Append(", \"formerNames\": [").Append(string.Join(", ", key.FormerNames.Select(Text))).Append(']');
            return text.Append(" }").ToString();
        });

    // The build carries the text through its own language, which gives the escaped signs a meaning
    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (character is < ' ' or > '~' or '|' or ';' or '%' or '$' or '@')
                text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(character);
        }

        return text.Append('"').ToString();
    }
}
