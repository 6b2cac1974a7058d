namespace Sessions.Load;

/// <summary>How many calls this process has made to what keeps its visitors' state.</summary>
internal static class StoreCalls
{
    private static long _count;

    public static long Count => Interlocked.Read(ref _count);

    public static void Add() => Interlocked.Increment(ref _count);
}
