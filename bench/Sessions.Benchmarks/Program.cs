// What a session costs, side by side with ASP.NET Core's own session and with a bare dictionary. All of it, in about ten minutes, and at
// the end the targets, and whether they are reached:
//   dotnet run -c Release --project bench/Sessions.Benchmarks
// The targets alone, or some of the benchmarks (any option of BenchmarkDotNet's):
//   dotnet run -c Release --project bench/Sessions.Benchmarks -- targets
//   dotnet run -c Release --project bench/Sessions.Benchmarks -- --filter '*Read*' --job short --inProcess
using BenchmarkDotNet.Running;
using Sessions.Benchmarks;

string[] everything = ["--filter", "*", "--job", "short", "--inProcess"];
if (args is not ["targets"])
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? everything : args);
if (args is [] or ["targets"])
    await Targets.WriteAsync();
