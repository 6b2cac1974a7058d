namespace Sessions;

/// <summary>Which of a fixed number of locks an id belongs to: the same in every process.</summary>
internal static class LockSlots
{
    public const int Count = 64;

    /// <summary>In one order everywhere, so that two that want the same two locks never wait for each other.</summary>
    public static IEnumerable<int> Of(params ReadOnlySpan<string> ids)
    {
        var slots = new SortedSet<int>();
        foreach (var id in ids)
            slots.Add(Of(id));
        return slots;
    }

    public static int Of(string id)
    {
        var hash = 0;
        foreach (var c in id)
            hash = unchecked((hash * 31) + c);   // string.GetHashCode differs from process to process
        return (int)((uint)hash % Count);
    }
}
