using System.Globalization;

namespace Sessions.Benchmarks;

/// <summary>What the project promises of its speed, and what is measured.</summary>
internal static class Targets
{
    private static readonly int[] OtherKeys = [1, 20, 200];

    public static async Task WriteAsync()
    {
        Console.WriteLine();
        Console.WriteLine("| of a session | promised | measured | |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var otherKeys in OtherKeys)
        {
            await ReadAsync(otherKeys);
            await SizeAsync(otherKeys);
        }

        var request = new RequestBenchmarks { OtherCookies = 10 };
        request.Setup();
        AtMost("a request that does not touch it: bytes more", 200, Turns.Allocated(Untouched) - Turns.Allocated(None));
        request.Cleanup();

        void None(int n)
        {
            for (; n > 0; n--)
                _ = request.NoSession();
        }

        void Untouched(int n)
        {
            for (; n > 0; n--)
                _ = request.UntouchedSession();
        }
    }

    // Of values that this request has read before.
    private static async Task ReadAsync(int otherKeys)
    {
        var read = new ReadBenchmarks { OtherKeys = otherKeys };
        await read.SetupAsync();
        var sum = 0L;
        var (number, value) = ($"a number among {otherKeys + 2} keys", $"an object among {otherKeys + 2} keys");
        AtMost($"{number}: time of a dictionary's", 2, Turns.Ratio(Number, NumberInDictionary));
        AtMost($"{number}, by its shape: time of a dictionary's", 2, Turns.Ratio(NumberInShape, NumberInDictionary));
        AtLeast($"{number}: times as fast as ISession.GetInt32", 5, Turns.Ratio(NumberInFormerSession, Number));
        AtMost($"{number}: bytes", 0, Turns.Allocated(Number));
        AtMost($"{value}: time of a dictionary's", 2, Turns.Ratio(Value, ValueInDictionary));
        AtLeast($"{value}: times as fast as GetString and JsonSerializer", 50, Turns.Ratio(ValueInFormerSession, Value));
        AtMost($"{value}: bytes", 0, Turns.Allocated(Value));
        GC.KeepAlive(sum);
        read.Cleanup();

        void NumberInDictionary(int n)
        {
            for (; n > 0; n--)
                sum += read.NumberInDictionary();
        }

        void Number(int n)
        {
            for (; n > 0; n--)
                sum += read.NumberInSession();
        }

        void NumberInShape(int n)
        {
            for (; n > 0; n--)
                sum += read.NumberInShape();
        }

        void NumberInFormerSession(int n)
        {
            for (; n > 0; n--)
                sum += read.NumberInFormerSession() ?? 0;
        }

        void ValueInDictionary(int n)
        {
            for (; n > 0; n--)
                sum += read.ObjectInDictionary().Lines.Count;
        }

        void Value(int n)
        {
            for (; n > 0; n--)
                sum += read.ObjectInSession().Lines.Count;
        }

        void ValueInFormerSession(int n)
        {
            for (; n > 0; n--)
                sum += read.ObjectInFormerSession()!.Lines.Count;
        }
    }

    // Of one small value: what the rest of the session weighs must not matter.
    private static async Task SizeAsync(int otherKeys)
    {
        var small = new StoreBenchmarks { Of = new(otherKeys, 1) };
        var large = new StoreBenchmarks { Of = new(otherKeys, 100) };
        await small.SetupAsync();
        await large.SetupAsync();
        AtMost($"load, and a read of one of {otherKeys + 2} keys, at 100 KB: time at 1 KB", 1.2, Turns.Ratio(n => Load(large, n), n => Load(small, n)));
        small.Cleanup();
        large.Cleanup();

        // Nothing in memory waits.
        static void Load(StoreBenchmarks store, int n)
        {
            for (; n > 0; n--)
                _ = store.LoadSession();
        }
    }

    private static void AtMost(string what, double bound, double measured) => Row(what, $"≤ {bound}", measured, measured <= bound);

    private static void AtLeast(string what, double bound, double measured) => Row(what, $"≥ {bound}", measured, measured >= bound);

    private static void Row(string what, string bound, double measured, bool isReached) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"| {what} | {bound} | {measured:0.##} | {(isReached ? "reached" : "MISSED")} |"));
}
