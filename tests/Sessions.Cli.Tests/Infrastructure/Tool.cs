namespace Sessions.Tests;

/// <summary>Runs the tool in this process.</summary>
internal static class Tool
{
    public static Task<ToolRun> RunAsync(params string[] args) => RunAsync(args, input: "");

    public static async Task<ToolRun> RunAsync(
        string[] args,
        string input = "",
        Dictionary<string, string>? variables = null,
        bool isTerminal = false,
        TextWriter? error = null,
        CancellationTokenSource? cancel = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var shell = new Shell
        {
            Output = output,
            Error = error ?? errors,
            Input = new StringReader(input),
            Variable = name => variables?.GetValueOrDefault(name),
            IsTerminal = isTerminal,
        };
        var exitCode = await Program.RunAsync(args, shell, cancel?.Token ?? TestContext.Current.CancellationToken);
        return new ToolRun(exitCode, output.ToString(), errors.ToString());
    }
}
