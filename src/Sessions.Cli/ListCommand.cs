using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Lists sessions, as they come from the store.</summary>
internal sealed class ListCommand : StoreCommand
{
    private readonly Option<int> _limit = new("--limit") { Description = "How many to show at most", DefaultValueFactory = _ => 100 };
    private readonly Option<string?> _state = new("--state") { Description = "Only those in this state" };
    private readonly Option<bool> _json = NewJson();

    public ListCommand()
        : base("list", "Lists sessions: row id, state, times, version and size; never a value")
    {
        _state.AcceptOnlyFromAmong(SessionState.Live, SessionState.Expired, SessionState.Retired);
        Add(_limit);
        Add(_state);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult result, Shell shell, IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (state, limit) = (result.GetValue(_state), result.GetValue(_limit));
        if (limit < 1)
            throw new UsageException("--limit is at least 1.");
        var sessions = StoreOf(services).ListAsync(cancellationToken)
            .Select(row => SessionSummary.Of(row.Key, row.Value, now))
            .Where(session => state is null || session.State == state);
        if (result.GetValue(_json))
            await WriteJsonAsync(sessions.Take(limit), shell.Output);
        else
            await WriteTextAsync(sessions, limit, shell);
        return ExitCode.Done;
    }

    // One document, but a session a line.
    private static async Task WriteJsonAsync(IAsyncEnumerable<SessionSummary> sessions, TextWriter output)
    {
        var separator = "[";
        await foreach (var session in sessions)
        {
            await output.WriteLineAsync(separator);
            await output.WriteAsync(JsonSerializer.Serialize(session, OutputJson.Default.SessionSummary));
            separator = ",";
        }
        await output.WriteLineAsync(separator == "[" ? "[]" : Environment.NewLine + "]");
    }

    private static async Task WriteTextAsync(IAsyncEnumerable<SessionSummary> sessions, int limit, Shell shell)
    {
        await shell.Output.WriteLineAsync($"{"ROW ID",-67}  {"STATE",-7}  {"CREATED",-20}  {"EXPIRES",-20}  {"VERSION",7}  {"SIZE",7}");
        await foreach (var session in sessions)
        {
            if (limit-- == 0)
            {
                await shell.Error.WriteLineAsync("There are more; --limit shows them.");
                break;
            }

            await shell.Output.WriteLineAsync(
                $"{session.Id,-67}  {session.State,-7}  {session.Created.UtcDateTime:u}  {session.Expires.UtcDateTime:u}  {session.Version,7}  {session.Size,7}");
        }
    }
}
