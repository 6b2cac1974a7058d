using Sessions.Generator.Models;
using Sessions.Generator.Schemas;

namespace Sessions.Generator;

/// <summary>
/// Prints the schema file as a comment, for a generator cannot write files: the build has the compiler write the comment, and copies it.
/// </summary>
internal static class SessionSchemaEmitter
{
    public const string HintName = "sessions.schema.g.cs";

    // The build drops it; in the schema itself the bar is escaped
    private const string Comment = "//|";

    // A backslash would become a slash on its way through the build, which undoes this
    private const string Backslash = "%255C";

    /// <summary>The schema; an empty one while it breaks the checked-in file, which then stays as it is, and the warning with it.</summary>
    public static string Emit(IReadOnlyCollection<SchemaKeyModel> keys, string? checkedIn)
    {
        var isBroken = checkedIn is not null && SchemaRules.FindBreaks(SessionSchemaReader.Read(checkedIn), keys).Any();
        return isBroken
            ? Comment + "\n"
            : string.Concat(SessionSchema.Print(keys).TrimEnd().Split('\n').Select(static line => $"{Comment}{line.Replace("\\", Backslash)}\n"));
    }
}
