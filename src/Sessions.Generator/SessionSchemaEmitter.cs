using Sessions.Generator.Models;
using Sessions.Generator.Schemas;

namespace Sessions.Generator;

/// <summary>
/// Prints the schema file as a comment, for a generator cannot write files: the build has the compiler write the comment, and copies it.
/// </summary>
internal static class SessionSchemaEmitter
{
    public const string HintName = "sessions.schema.g.cs";

    // The build drops it; the schema escapes the bar
    private const string Comment = "//|";

    /// <summary>The schema; while it breaks the checked-in one, that stays as it is, so that the warning does not go away by itself.</summary>
    public static string Emit(IReadOnlyCollection<SchemaKeyModel> keys, string? checkedIn)
    {
        var isBroken = checkedIn is not null && SchemaRules.FindBreaks(SessionSchemaReader.Read(checkedIn), keys).Any();
        var text = isBroken ? checkedIn! : SessionSchema.Print(keys);
        return string.Concat(text.Replace("\r", "").TrimEnd().Split('\n').Select(static line => $"{Comment}{line}\n"));
    }
}
