// Typed sessions beside ASP.NET Core's own, beside each store used by hand, beside Django, and beside no session at all.
//   dotnet run -c Release --project bench/Load              everything: twenty minutes
//   dotnet run -c Release --project bench/Load -- --quick   a few minutes
using System.CommandLine;
using Sessions.Load;

var only = Parts("--only", "Contenders whose name contains one of these; no session always runs.", Contender.All.Select(contender => contender.Name));
var work = Parts("--work", "Kinds of work whose name contains one of these.", Work.All.Select(one => one.Name));
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
    var count = parsed.GetValue(connections);
    var comparison = new Comparison(
        parsed.GetValue(ownClient) || !WrkDriver.IsInstalled ? new SocketDriver(count) : new WrkDriver(count),
        parsed.GetValue(quick) ? 3 : parsed.GetValue(rounds),
        parsed.GetValue(seconds));
    var results = await comparison.RunAsync(
        [.. Contender.All.Where(contender => !contender.KeepsState || IsChosen(parsed.GetValue(only)!, contender.Name))],
        [.. Work.All.Where(one => IsChosen(parsed.GetValue(work)!, one.Name))]);
    await Report.WriteAsync(results, parsed.GetValue(output)!);
});
return await root.Parse(args).InvokeAsync();

static bool IsChosen(string[] parts, string name) => parts.Length == 0 || parts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

static Option<string[]> Parts(string option, string description, IEnumerable<string> names)
{
    var parts = new Option<string[]>(option) { Description = description, AllowMultipleArgumentsPerToken = true };
    parts.Validators.Add(result =>
    {
        foreach (var part in result.GetValueOrDefault<string[]>().Where(part => !names.Any(name => IsChosen([part], name))))
            result.AddError($"{option} {part} is in none of: {string.Join(", ", names)}.");
    });
    return parts;
}
