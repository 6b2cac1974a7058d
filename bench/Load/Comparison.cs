using System.Security.Cryptography;
using Sessions.Tests;
using Spectre.Console;

namespace Sessions.Load;

/// <summary>Starts the contenders, checks them, and lets them take turns, so that what disturbs the machine disturbs all alike.</summary>
internal sealed class Comparison(IDriver driver, int rounds, double seconds)
{
    private const int Visitors = 256;
    private const int CountedRequests = 20;
    private const int Starts = 21;
    private const int WarmUpRounds = 3;

    // Who gives no cookie is sent one all the same: the requests are alike.
    private static string AnyCookie => $"{Visitor.Cookie}={RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-load-").FullName;

    public async Task<Results> RunAsync(IReadOnlyList<Contender> contenders, IReadOnlyList<Work> works)
    {
        var missing = contenders.Where(contender => contender.Missing() is not null).Select(contender => $"{contender.Name}: needs {contender.Missing()}").ToList();
        contenders = [.. contenders.Where(contender => contender.Missing() is null)];
        await using var redis = contenders.Any(contender => contender.NeedsRedis) ? await RedisServer.StartAsync() : null;
        await using var postgres = contenders.Any(contender => contender.NeedsPostgres) ? await PostgresServer.StartNewAsync() : null;
        try
        {
            var starts = await MeasureStartsAsync(contenders);
            var calls = new Dictionary<(string, string), double>();
            var measured = new List<Round>();
            var running = new List<ContenderProcess>();
            try
            {
                foreach (var contender in contenders)
                {
                    await CountCallsAsync(contender, works, calls);
                    running.Add(await ContenderProcess.StartAsync(contender, await PlaceAsync(contender, countsCalls: false)));
                    Say($"{contender.Name}: started");
                }

                foreach (var work in works)
                    measured.AddRange(await CompareAsync([.. running.Where(process => process.Contender.Does(work))], work));
            }
            finally
            {
                foreach (var process in running)
                    await process.DisposeAsync();
            }

            return new Results(driver.Name, contenders, works, measured, calls, starts, missing);
        }
        finally
        {
            Directory.Delete(_directory, recursive: true);
        }

        async Task CountCallsAsync(Contender contender, IReadOnlyList<Work> counted, Dictionary<(string, string), double> calls)
        {
            if (contender.IsExternal)
                return;
            await using var process = await ContenderProcess.StartAsync(contender, await PlaceAsync(contender, countsCalls: true));
            foreach (var work in counted.Where(contender.Does))
            {
                var cookie = (await SeedAsync(process, work, count: 1))[0];
                var before = await process.UsageAsync();
                for (var i = 0; i < CountedRequests; i++)
                    await process.AskAsync(work.Path, cookie);
                calls[(contender.Name, work.Name)] = (double)((await process.UsageAsync())! - before!).StoreCalls / CountedRequests;
            }
        }

        async Task<Place> PlaceAsync(Contender contender, bool countsCalls) => new(
            Directory.CreateDirectory(Path.Combine(_directory, Guid.NewGuid().ToString("n"))).FullName,
            contender.NeedsRedis ? redis!.ConnectionString : null,
            contender.NeedsPostgres ? await postgres!.CreateDatabaseAsync() : null,
            countsCalls);
    }

    private async Task<List<Round>> CompareAsync(IReadOnlyList<ContenderProcess> running, Work work)
    {
        var measured = new List<Round>();
        var visitors = new Dictionary<ContenderProcess, string[]>();
        foreach (var process in running)
        {
            await CheckAsync(process, work);
            visitors[process] = await SeedAsync(process, work, Visitors);
        }

        // The first rounds do not count. Between them the others' turns leave a process the time to compile for good what it found itself
        // doing often, which a busy one puts off for seconds.
        for (var number = -WarmUpRounds; number < rounds; number++)
        {
            // There and back again: who comes after whom evens out.
            foreach (var process in number % 2 == 0 ? running : running.Reverse())
            {
                var before = await process.UsageAsync();
                var drive = await driver.DriveAsync(new Uri(process.Address, work.Path), visitors[process], seconds);
                var usage = before is null ? null : (await process.UsageAsync())! - before;
                if (drive.Errors > 0)
                    throw new InvalidOperationException($"{process.Contender.Name} failed {drive.Errors} of {drive.Requests} requests: {work.Name}.");
                if (number >= 0)
                    measured.Add(new Round(process.Contender.Name, work.Name, number, drive, usage));
            }

            Say(number < 0 ? $"{work.Name}: warm-up" : $"{work.Name}: round {number + 1} of {rounds}");
        }

        foreach (var process in running)
        {
            await CheckAsync(process, work);
            if (work.Changes && process.Contender is { KeepsState: true, IsKeptByClient: false })
                await CheckWritesAsync(process, visitors[process], measured.Where(round => round.Contender == process.Contender.Name).Sum(round => round.Drive.Requests));
        }

        return measured;
    }

    /// <summary>One visitor, twice: the answers are what they are to be.</summary>
    private static async Task CheckAsync(ContenderProcess process, Work work)
    {
        var cookie = (await SeedAsync(process, work, count: 1))[0];
        var first = await process.AskAsync(work.Path, cookie);
        var isNew = work.Kilobytes is null;
        var second = await process.AskAsync(work.Path, isNew ? "" : first.Cookie);
        var expected = work.Changes && process.Contender.KeepsState ? "9" : work.Answer;
        if (first.Body != work.Answer || second.Body != expected)
            throw new InvalidOperationException($"{process.Contender.Name} answers {work.Name} with '{first.Body}', then '{second.Body}'.");
        if (isNew && process.Contender.KeepsState && (await process.AskAsync(Work.Small.Path, first.Cookie)).Body != work.Answer)
            throw new InvalidOperationException($"{process.Contender.Name} does not know its new visitor.");
    }

    /// <summary>What the rounds counted up is there. Two requests of one visitor may overlap, and then one of them counts for both.</summary>
    private static async Task CheckWritesAsync(ContenderProcess process, string[] visitors, long requests)
    {
        var kept = 0L;
        foreach (var visitor in visitors)
            kept += long.Parse((await process.AskAsync(Work.Small.Path, visitor)).Body, System.Globalization.CultureInfo.InvariantCulture) - 7;
        if (kept < requests * 0.98)
            throw new InvalidOperationException($"{process.Contender.Name} has kept {kept} of {requests} writes.");
    }

    private static async Task<string[]> SeedAsync(ContenderProcess process, Work work, int count)
    {
        if (work.Kilobytes is not { } kilobytes)
            return [""];
        var cookies = new string[count];
        for (var i = 0; i < count; i++)
            cookies[i] = (await process.AskAsync($"/seed?kilobytes={kilobytes}")).Cookie is { Length: > 0 } given ? given : AnyCookie;
        return cookies;
    }

    private async Task<Dictionary<string, IReadOnlyList<double>>> MeasureStartsAsync(IReadOnlyList<Contender> contenders)
    {
        var measured = new Dictionary<string, IReadOnlyList<double>>();
        var local = contenders.Where(contender => contender is NoSession || contender == TypedSession.InMemory).ToList();
        if (local.Count < 2)
            return measured;
        foreach (var contender in local)
            measured[contender.Name] = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            foreach (var contender in i % 2 == 0 ? local : local.AsEnumerable().Reverse())
            {
                await using var process = await ContenderProcess.StartAsync(contender, new Place(Path.Combine(_directory, "start"), Redis: null, Postgres: null, CountsCalls: false));
                ((List<double>)measured[contender.Name]).Add(process.FirstAnswer.TotalMilliseconds);
            }
        }

        return measured;
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{DateTime.Now:T} {what}[/]");
}
