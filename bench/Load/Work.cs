namespace Sessions.Load;

/// <summary>One kind of request, which every contender answers alike.</summary>
/// <param name="Name">What it is called in the tables.</param>
/// <param name="Path">Its path.</param>
/// <param name="Kilobytes">How much the visitor's session holds beside the number, the name and the object; null: the client comes without a cookie.</param>
/// <param name="Answer">The body of the first answer to a new visitor.</param>
/// <param name="Changes">Whether each request counts the number up.</param>
internal sealed record Work(string Name, string Path, int? Kilobytes, string Answer, bool Changes = false)
{
    public static Work Untouched { get; } = new("untouched", "/untouched", 0, "ok");

    public static Work Read { get; } = new("read", "/read", 0, "7 Ada 5");

    public static Work Write { get; } = new("write", "/write", 0, "8", Changes: true);

    public static Work New { get; } = new("new", "/new", null, "1");

    public static Work Small { get; } = new("small of 1 KB", "/small", 1, "7");

    public static Work SmallOfLarge { get; } = new("small of 100 KB", "/small", 100, "7");

    public static IReadOnlyList<Work> All { get; } = [Untouched, Read, Write, New, Small, SmallOfLarge];
}
