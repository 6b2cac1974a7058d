using System.Data.Common;
using System.Diagnostics;

namespace Sessions.Capacity;

/// <summary>Workers that each begin the next operation when the last one has ended.</summary>
internal sealed class ClosedLoop
{
    private const int OperationsInARow = 16;

    private readonly List<long> _latencies = [];   // in ticks of the stopwatch, sorted
    private TimeSpan _elapsed;

    private ClosedLoop()
    {
    }

    public int Count => _latencies.Count;

    public int Failed { get; private set; }

    public double Rate => Count / _elapsed.TotalSeconds;

    /// <summary>In microseconds.</summary>
    public double Percentile(double share) => Count == 0 ? 0 : Microseconds(_latencies[(int)Math.Min(Count - 1, Count * share)]);

    /// <param name="workers">How many at once.</param>
    /// <param name="time">After which no operation begins.</param>
    /// <param name="act">An operation, given the number of its worker and its own.</param>
    /// <param name="count">The most operations.</param>
    public static async Task<ClosedLoop> RunAsync(int workers, TimeSpan time, Func<int, int, Task> act, int count = int.MaxValue)
    {
        var loop = new ClosedLoop();
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(worker))));
        loop._elapsed = Stopwatch.GetElapsedTime(start);
        loop._latencies.Sort();
        return loop;

        async Task WorkAsync(int worker)
        {
            var latencies = new List<long>();
            var failed = 0;
            int number;
            while (Stopwatch.GetElapsedTime(start) < time && (number = Interlocked.Increment(ref next)) < count)
            {
                var begun = Stopwatch.GetTimestamp();
                try
                {
                    await act(worker, number);
                    latencies.Add(Stopwatch.GetTimestamp() - begun);
                }
                catch (Exception exception) when (exception is SessionStoreException or SessionStoreUnavailableException or DbException)
                {
                    failed++;   // the store gave up, or did not answer in time
                }

                if (number % OperationsInARow == 0)
                    await Task.Yield();   // the others' turn, where nothing is ever waited for
            }

            lock (loop._latencies)
            {
                loop._latencies.AddRange(latencies);
                loop.Failed += failed;
            }
        }
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
