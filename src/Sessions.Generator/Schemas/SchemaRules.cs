using Sessions.Generator.Models;

namespace Sessions.Generator.Schemas;

/// <summary>Which changes of a schema leave stored sessions unreadable: a key retyped, renamed without a former name, or removed.</summary>
internal static class SchemaRules
{
    public static IEnumerable<SchemaBreak> FindBreaks(IReadOnlyCollection<StoredKey> stored, IReadOnlyCollection<SchemaKeyModel> now)
    {
        var names = new HashSet<string>(stored.Select(static key => key.Key.Key), StringComparer.Ordinal);
        foreach (var before in stored)
        {
            var name = before.Key.Key;
            var readers = now.Where(key => key.Key == name).Concat(now.Where(key => key.FormerNames.Contains(name))).ToArray();
            if (readers.Any(key => key.Type == before.Key.Type))
                continue;
            if (readers.Length > 0)
                yield return new(before, readers[0], IsRenamed: false);
            else if (FindRenamed(before.Key, now, names) is [var renamed])
                yield return new(before, renamed, IsRenamed: true);
            else
                yield return new(before, Now: null, IsRenamed: false);
        }
    }

    // A key of the same type that is new to the shape; of several, nobody knows which
    private static SchemaKeyModel[] FindRenamed(SchemaKeyModel before, IEnumerable<SchemaKeyModel> now, HashSet<string> names) =>
        [.. now.Where(key => key.Shape == before.Shape && key.Type == before.Type && !names.Contains(key.Key))];
}
