using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.Tests;

/// <summary>Keeps the first word of every statement.</summary>
internal sealed class StatementLog : DbCommandInterceptor
{
    private readonly List<string> _verbs = [];

    /// <summary>The verbs since the last call.</summary>
    public string Take()
    {
        var verbs = string.Join(' ', _verbs);
        _verbs.Clear();
        return verbs;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Log(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(Log(command, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(Log(command, result));

    private T Log<T>(DbCommand command, T result)
    {
        _verbs.Add(command.CommandText.Split(' ', '\n')[0]);
        return result;
    }
}
