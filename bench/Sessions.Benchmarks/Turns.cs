using System.Diagnostics;

namespace Sessions.Benchmarks;

/// <summary>
/// Compares by turns: each round times a slice of either, too short for anything else on the machine to slow down one and not the other,
/// and what counts is the median of the rounds' ratios. BenchmarkDotNet's tables vary more where a machine is shared.
/// </summary>
internal static class Turns
{
    private const int Rounds = 301;
    private const int WarmUps = 60;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(0.3);

    /// <summary>The time of one piece of work in those of another.</summary>
    /// <param name="work">Does it so many times: the loop is its own, so that no call through a delegate is measured.</param>
    /// <param name="baseline">The other.</param>
    public static double Ratio(Action<int> work, Action<int> baseline)
    {
        var (times, baselineTimes) = (Calibrate(work), Calibrate(baseline));
        var ratios = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
            ratios[round] = Time(work, times) / Time(baseline, baselineTimes);
        return ratios.Order().ElementAt(Rounds / 2);
    }

    /// <summary>The bytes that one piece of work allocates.</summary>
    public static double Allocated(Action<int> work)
    {
        const int Times = 1000;
        work(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        work(Times);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }

    private static double Time(Action<int> work, int times)
    {
        var start = Stopwatch.GetTimestamp();
        work(times);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / times;
    }

    // Often enough, and with pauses long enough, for the runtime to optimize the work in the background by what it has seen of it.
    private static int Calibrate(Action<int> work)
    {
        var times = 1000;
        for (var i = 0; i < WarmUps; i++)
        {
            times = Math.Max(1, (int)(Slice.TotalNanoseconds / Time(work, times)));
            Thread.Sleep(10);
        }

        return times;
    }
}
