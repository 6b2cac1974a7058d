using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sessions;

internal static class Program
{
    public static async Task<int> Main(string[] args) => await RunAsync(args, new Shell());

    public static Task<int> RunAsync(IReadOnlyList<string> args, Shell shell, CancellationToken cancellationToken = default)
    {
        var result = NewRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return result.Action is ParseErrorAction
            ? Task.FromResult(UsageError.Report(result, shell))
            : result.InvokeAsync(shell, cancellationToken);
    }

    private static Command NewRoot() => new(
        "sessions",
        $"""
        Looks after the sessions of Sessions.Runtime where they are stored.

        Name one store by its option, or set its environment variable, which keeps a secret out of the list of processes.

        Exit codes:
          {ExitCode.Done}    done
          {ExitCode.NotFound}    the session is not known (inspect, delete)
          {ExitCode.WrongUsage}    wrong usage
          {ExitCode.StoreError}    the store could not be reached, or could not do it
          {ExitCode.Cancelled}  cancelled
        """)
    {
        new HelpOption(),
        new VersionOption(),
        new ClearExpiredCommand(),
        new ListCommand(),
        new InspectCommand(),
        new DeleteCommand(),
        new CreateTableCommand(),
    };
}
