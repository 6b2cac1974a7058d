// Typed sessions beside ASP.NET Core's own, beside each store used by hand, beside Django, and beside no session at all.
//   dotnet run -c Release --project bench/Load              everything: a quarter of an hour
//   dotnet run -c Release --project bench/Load -- --quick   a few minutes
using System.CommandLine;
using Sessions.Load;

var only = new Option<string[]>("--only") { Description = "Contenders whose name contains one of these; no session always runs.", AllowMultipleArgumentsPerToken = true };
var work = new Option<string[]>("--work") { Description = "Kinds of work whose name begins with one of these.", AllowMultipleArgumentsPerToken = true };
var rounds = new Option<int>("--rounds") { Description = "How often each contender does each work.", DefaultValueFactory = _ => 7 };
var seconds = new Option<double>("--seconds") { Description = "How long each time.", DefaultValueFactory = _ => 1 };
var connections = new Option<int>("--connections") { Description = "How many requests are on their way at once.", DefaultValueFactory = _ => 32 };
var ownClient = new Option<bool>("--own-client") { Description = "Drives with the comparison's own client even where wrk is installed." };
var quick = new Option<bool>("--quick") { Description = "Three rounds." };
var output = new Option<string>("--output") { Description = "The directory for load.md and load.json.", DefaultValueFactory = _ => Path.Combine("artifacts", "bench") };

var root = new RootCommand("Compares ways to keep a visitor's state, under load.") { only, work, rounds, seconds, connections, ownClient, quick, output };
root.Add(new ServeCommand());
root.SetAction(async (parsed, _) =>
{
    var names = parsed.GetValue(only)!;
    var kinds = parsed.GetValue(work)!;
    var count = parsed.GetValue(connections);
    var comparison = new Comparison(
        parsed.GetValue(ownClient) || !WrkDriver.IsInstalled ? new SocketDriver(count) : new WrkDriver(count),
        parsed.GetValue(quick) ? 3 : parsed.GetValue(rounds),
        parsed.GetValue(seconds));
    var results = await comparison.RunAsync(
        [.. Contender.All.Where(contender => names.Length == 0 || !contender.KeepsState || names.Any(name => contender.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))],
        [.. Work.All.Where(one => kinds.Length == 0 || kinds.Any(kind => one.Name.StartsWith(kind, StringComparison.OrdinalIgnoreCase)))]);
    await Report.WriteAsync(results, parsed.GetValue(output)!);
});
return await root.Parse(args).InvokeAsync();
