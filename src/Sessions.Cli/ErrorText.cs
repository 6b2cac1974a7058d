using System.Data.Common;
using System.Text.RegularExpressions;

namespace Sessions;

/// <summary>What is said of an error of a store: one line, and nothing that could be a session id (a file may be named after one).</summary>
internal static partial class ErrorText
{
    public static string Of(Exception exception)
    {
        // Around the error of a database, EF only puts advice for programmers.
        var told = Chain(exception).FirstOrDefault(inner => inner is DbException) ?? exception;
        return SessionIds().Replace(told.Message.Split('\n')[0].Trim(), "…");
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    [GeneratedRegex("(?<![a-z0-9])[a-z0-9]{32}(?![a-z0-9])")]
    private static partial Regex SessionIds();
}
