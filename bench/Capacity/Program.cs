// How cost grows with the number of sessions, their keys, their bytes and requests at once, on every store, and what follows beyond.
//   dotnet run -c Release --project bench/Capacity        (-- --quick for a tenth; --only redis,keys for some stores or measurements)
using System.Diagnostics;
using Sessions.Capacity;

CommandLine line;
try
{
    line = CommandLine.Parse(args);
}
catch (ArgumentException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}

if (line.Child.Count > 0)
    return await Child.RunAsync(line);

var report = new Report(line);
var missing = new HashSet<string>();
var failures = 0;
foreach (var measurement in line.Measurements)
{
    foreach (var store in line.Stores)
    {
        foreach (var name in Measurement.All[measurement].Cases(store, line.Scale).TakeWhile(_ => !missing.Contains(store)))
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                var (rows, reason) = await Child.MeasureAsync(measurement, store, name, line.Scale.IsQuick);
                report.Add(measurement, rows ?? []);
                if (rows is null && missing.Add(store))
                    report.LeaveOut(store, reason!);
                await Console.Error.WriteLineAsync($"{measurement} {store} {name} {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
            }
            catch (InvalidOperationException exception)
            {
                failures++;
                await Console.Error.WriteLineAsync(exception.Message);
            }
        }
    }
}

await report.WriteAsync();
return failures == 0 ? 0 : 1;
