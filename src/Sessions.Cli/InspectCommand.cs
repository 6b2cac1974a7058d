using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>Shows one session with its entries.</summary>
internal sealed class InspectCommand : StoreCommand
{
    public const string NotFound = "There is no live session with this id.";

    private readonly SessionArgument _session = new();
    private readonly Option<bool> _json = NewJson();

    public InspectCommand()
        : base("inspect", "Shows a live session with its entries, decoded")
    {
        _session.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult result, Shell shell, IServiceProvider services, CancellationToken cancellationToken)
    {
        var id = await _session.ReadAsync(result, shell, cancellationToken);
        if (await StoreOf(services).LoadAsync(id, cancellationToken) is not { } record)
            return await shell.FailAsync(ExitCode.NotFound, NotFound);
        if (!SessionPayload.TryParse(record.Payload, out var payload) && !record.IsRetired)
            return await shell.FailAsync(ExitCode.StoreError, "The session's data is damaged or of an unknown version.");

        var session = Decode(payload, SessionSummary.Of(id, record, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        if (result.GetValue(_json))
            await shell.WriteAsync(session, OutputJson.Default.SessionSummary);
        else
            await WriteTextAsync(session, shell.Output);
        return ExitCode.Done;
    }

    private static SessionSummary Decode(SessionPayload payload, SessionSummary session)
    {
        var entries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var base64 = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, value) in payload.ToDictionary())
        {
            try
            {
                entries.Add(key, JsonElement.Parse(value.Span));
            }
            catch (JsonException)
            {
                base64.Add(key, SessionSerializers.WithoutTag(value.Span).ToArray());
            }
        }

        return session with { Entries = entries, Base64 = base64.Count > 0 ? base64 : null };
    }

    private static async Task WriteTextAsync(SessionSummary session, TextWriter output)
    {
        await output.WriteLineAsync(
            $"""
            row id   {session.Id}
            state    {session.State}
            created  {session.Created.UtcDateTime:u}
            expires  {session.Expires.UtcDateTime:u}
            version  {session.Version}
            size     {session.Size} bytes

            {OutputJson.Readable(session.Entries!, static json => json.IReadOnlyDictionaryStringJsonElement)}
            """);
        if (session.Base64 is not null)
        {
            await output.WriteLineAsync("Not JSON, in base64 (written by another serializer):");
            await output.WriteLineAsync(OutputJson.Readable(session.Base64, static json => json.IReadOnlyDictionaryStringByteArray));
        }
    }
}
