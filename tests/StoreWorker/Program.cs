using Microsoft.Extensions.DependencyInjection;
using Sessions;
using Sessions.Tests;

if (args is not [var kind, var place, var command, .. var secrets])
{
    await Console.Error.WriteLineAsync("Sessions.StoreWorker files|sqlite|postgres|redis PLACE write|endless [SECRET...]");
    return 2;
}

await using var services = WorkerStore.Open(kind, place);
var manager = services.GetRequiredService<SessionManager>();
switch (command)
{
    case "write":
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
            await Console.Out.WriteLineAsync(await WriteAsync(line.Split(' ')));
        return 0;
    case "endless":
        await Task.WhenAll(secrets.Select((secret, index) => Task.Run(() => SaveForeverAsync(index, IdOf(secret)))));
        return 0;
    default:
        await Console.Error.WriteLineAsync($"Unknown command '{command}'.");
        return 2;
}

// "SECRET KEY...": sets each key in a session object of its own, all at once, and tells how each went.
async Task<string> WriteAsync(string[] words)
{
    var saves = words[1..].Select(key => Task.Run(async () =>
    {
        if (await manager.OpenAsync(IdOf(words[0])) is not { } session)
            return "unknown";
        session.Set(key, 1);
        try
        {
            await session.SaveAsync();
            return "saved";
        }
        catch (SessionInterruptedException)
        {
            return "interrupted";
        }
    }));
    return string.Join(' ', await Task.WhenAll(saves));
}

// Tells each save that was acknowledged: "INDEX NUMBER".
async Task SaveForeverAsync(int index, SessionId id)
{
    var session = await manager.OpenAsync(id) ?? throw new InvalidOperationException("The session is gone.");
    for (var number = NumberedSave.Read(session) + 1; ; number++)
    {
        NumberedSave.Set(session, number);
        await session.SaveAsync();
        await Console.Out.WriteLineAsync($"{index} {number}");
    }
}

static SessionId IdOf(string secret) => SessionId.TryParse(secret, out var id) ? id : throw new ArgumentException("Not a session id.", nameof(secret));
