using System.Diagnostics;

namespace Sessions.Tests;

public sealed class ProcessTests
{
    [Fact]
    public async Task The_tool_runs_as_a_process()
    {
        using var database = new SqliteFile();
        Assert.Equal(ExitCode.Done, (await RunAsync(database.Path, "create-table", "--execute")).ExitCode);
        await using var site = new Site(database.AddTo);
        var id = await site.AddAsync(("visits", 3));
        await site.AddExpiredAsync();

        var inspected = await RunAsync(database.Path, input: id.Secret, ["inspect", "-"]);
        Assert.Equal(ExitCode.Done, inspected.ExitCode);
        Assert.Contains("\"visits\": 3", inspected.Output, StringComparison.Ordinal);
        Assert.Equal(new ToolRun(ExitCode.Done, "1 expired sessions removed." + Environment.NewLine, ""), await RunAsync(database.Path, "clear-expired"));
        Assert.Equal(ExitCode.WrongUsage, (await RunAsync(database.Path, "lst")).ExitCode);
    }

    private static Task<ToolRun> RunAsync(string database, params string[] args) => RunAsync(database, "", args);

    private static async Task<ToolRun> RunAsync(string database, string input, string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Sessions.Cli"), args)
        {
            Environment = { ["SESSIONS_SQLITE"] = database },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
