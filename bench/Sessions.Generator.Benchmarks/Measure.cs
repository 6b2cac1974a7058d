using System.Diagnostics;

namespace Sessions.Generator.Benchmarks;

internal static class Measure
{
    /// <summary>As many rounds as asked for, which know their number, after others that warm the compiler up.</summary>
    public static async Task<T[]> RoundsAsync<T>(int count, Func<int, Task<T>> round)
    {
        const int WarmUps = 2;
        var rounds = new List<T>();
        for (var i = 0; i < WarmUps + count; i++)
            rounds.Add(await round(i));
        return [.. rounds.Skip(WarmUps)];
    }

    public static double Median<T>(this IReadOnlyCollection<T> rounds, Func<T, double> value) =>
        rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    /// <summary>Wall clock, in milliseconds.</summary>
    public static double Wall(Action act)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>The process's own CPU time: what else the machine does is not in it.</summary>
    public static async Task<(double Milliseconds, T Result)> CpuAsync<T>(Func<Task<T>> act)
    {
        GC.Collect();
        var start = Environment.CpuUsage.TotalTime;
        var result = await act();
        return ((Environment.CpuUsage.TotalTime - start).TotalMilliseconds, result);
    }
}
