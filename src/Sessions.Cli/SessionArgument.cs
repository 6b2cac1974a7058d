using System.CommandLine;

namespace Sessions;

/// <summary>The session that a command is about, by its id or by its row id.</summary>
internal sealed class SessionArgument
{
    private readonly Argument<string> _id = new("id")
    {
        Description = "The cookie's value, or a row id as list shows it; - reads it from standard input, which keeps it out of the list of processes",
    };

    private readonly Option<bool> _plainIds = new("--plain-ids") { Description = "The application turned HashIdsAtRest off: rows are named by the cookie's value" };

    public void AddTo(Command command)
    {
        command.Add(_id);
        command.Add(_plainIds);
    }

    /// <summary>The name under which the store knows the session.</summary>
    /// <exception cref="UsageException">There is no id, or one of another form.</exception>
    public async Task<string> ReadAsync(ParseResult result, Shell shell, CancellationToken cancellationToken)
    {
        var given = result.GetValue(_id);
        var text = given == "-" ? (await shell.Input.ReadLineAsync(cancellationToken))?.Trim() : given;
        var isPlain = result.GetValue(_plainIds);
        if (SessionId.TryParse(text, out var id))
            return isPlain ? id.Secret : id.Digest();
        if (!RowId.IsDigest(text))
            throw new UsageException("An id is a cookie's value (32 characters of a-z and 0-9) or a row id (v1., or v1t. of a ticket, and 64 hexadecimal digits).");
        return isPlain ? throw new UsageException("With --plain-ids, an id is a cookie's value: rows have no other name.") : text!;
    }
}
