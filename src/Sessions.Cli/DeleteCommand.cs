using System.CommandLine;

namespace Sessions;

/// <summary>Ends one session.</summary>
internal sealed class DeleteCommand : StoreCommand
{
    private readonly SessionArgument _session = new();
    private readonly Option<bool> _json = NewJson();

    public DeleteCommand()
        : base("delete", "Ends a live session: its visitor is signed out")
    {
        _session.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult result, Shell shell, IServiceProvider services, CancellationToken cancellationToken)
    {
        var id = await _session.ReadAsync(result, shell, cancellationToken);
        var deleted = await StoreOf(services).DeleteAsync(id, cancellationToken) == SessionStoreOutcome.Done;
        if (result.GetValue(_json))
            await shell.WriteAsync(new DeletedSession(RowId.Shown(id), deleted), OutputJson.Default.DeletedSession);
        else if (deleted)
            await shell.Output.WriteLineAsync("Deleted.");
        else
            await shell.Error.WriteLineAsync(InspectCommand.NotFound);
        return deleted ? ExitCode.Done : ExitCode.NotFound;
    }
}
