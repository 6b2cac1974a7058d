using System.CommandLine;

namespace Sessions;

/// <summary>Removes expired sessions, and shows how far it is.</summary>
internal sealed class ClearExpiredCommand : StoreCommand
{
    private readonly Option<bool> _json = NewJson();

    public ClearExpiredCommand()
        : base("clear-expired", "Removes expired sessions, in batches; Ctrl+C stops between two") => Add(_json);

    protected override async Task<int> RunAsync(ParseResult result, Shell shell, IServiceProvider services, CancellationToken cancellationToken)
    {
        var isJson = result.GetValue(_json);
        var store = StoreOf(services);
        var removed = 0L;
        var completed = true;
        try
        {
            removed = await ClearProgress.ShowAsync(
                isJson ? null : shell,
                show => store.ClearExpiredAsync(new SynchronousProgress(total => show(removed = total)), cancellationToken).AsTask());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            completed = false;
        }

        if (isJson)
            await shell.WriteAsync(new ClearedSessions(removed, completed), OutputJson.Default.ClearedSessions);
        else
            await shell.Output.WriteLineAsync($"{removed} expired sessions removed{(completed ? "." : ", then cancelled: the rest can be removed by another run.")}");
        return completed ? ExitCode.Done : ExitCode.Cancelled;
    }
}
