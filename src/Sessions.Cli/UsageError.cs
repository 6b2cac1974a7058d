using System.CommandLine;

namespace Sessions;

/// <summary>What is said of a command line that cannot be read. Any word of it may be a secret in the wrong place, so none is repeated.</summary>
internal static class UsageError
{
    public static int Report(ParseResult result, Shell shell)
    {
        var words = result.Tokens.Select(token => token.Value).Concat(result.UnmatchedTokens).Where(word => !IsCommand(word, result)).ToList();
        foreach (var error in result.Errors)
            shell.Error.WriteLine(words.Aggregate(error.Message, (message, word) => message.Replace($"'{word}'", $"'{Redacted(word)}'", StringComparison.Ordinal)));
        shell.Error.WriteLine("See --help.");
        return ExitCode.WrongUsage;
    }

    private static bool IsCommand(string word, ParseResult result) =>
        result.RootCommandResult.Command.Subcommands.Any(command => command.Name == word);

    private static string Redacted(string word) => word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=')[0] : "…";
}
