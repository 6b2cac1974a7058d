using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Prints the table's statements, or runs them.</summary>
internal sealed class CreateTableCommand : StoreCommand
{
    private readonly Option<bool> _execute = new("--execute") { Description = "Create the table now, if there is none" };

    public CreateTableCommand()
        : base("create-table", "Prints the statements that create a database's table; --execute runs them") => Add(_execute);

    protected override async Task<int> RunAsync(ParseResult result, Shell shell, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<SessionsContext>() is not { } context)
            throw new UsageException("Only a database has a table to create.");
        if (result.GetValue(_execute))
            await shell.Output.WriteLineAsync(await context.CreateTableAsync(cancellationToken) ? "Created." : "There already is such a table; it was left as it is.");
        else
            await shell.Output.WriteAsync(context.Database.GenerateCreateScript());
        return ExitCode.Done;
    }
}
