using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.Tests;

/// <summary>Asks the database, before each statement with parameters, how it is going to run it.</summary>
internal sealed class PlanLog(string explain) : DbCommandInterceptor
{
    /// <summary>A statement a text: itself, then its plan.</summary>
    public List<string> Plans { get; } = [];

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ExplainAsync(command, cancellationToken);
        return result;
    }

#pragma warning disable CA2100 // The statement is the store's own
    private async Task ExplainAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var statement = command.CommandText;
        var lines = new List<string> { statement };
        command.CommandText = $"{explain} {statement}";
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                lines.Add(reader.GetString(reader.FieldCount - 1));
        }

        command.CommandText = statement;
        Plans.Add(string.Join('\n', lines));
    }
#pragma warning restore CA2100
}
