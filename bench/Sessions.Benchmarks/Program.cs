// What one request pays for its session, side by side with ASP.NET Core's own session and with a bare dictionary.
//   dotnet run -c Release --project bench/Sessions.Benchmarks -- --filter '*'        (add --job short for a quick look)
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
