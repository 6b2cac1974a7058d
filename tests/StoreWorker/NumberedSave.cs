namespace Sessions.Tests;

/// <summary>A save whose keys belong together, so that half of one, or parts of two, can be told from a whole one.</summary>
internal static class NumberedSave
{
    private const int MaxLength = 20_000;

    public static void Set(Session session, long number)
    {
        session.Set("first", number);
        session.Set("text", Text(number));
        session.Set("last", number);
    }

    /// <summary>The number of the save that the session holds.</summary>
    public static long Read(Session session)
    {
        var number = session.Get<long>("first");
        return session.Get<long>("last") == number && session.Get<string>("text") == Text(number)
            ? number
            : throw new InvalidOperationException($"The session holds parts of save {number} and of another.");
    }

    private static string Text(long number) => new((char)('a' + (number % 26)), (int)(number * 7919 % MaxLength));
}
