using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>What a hub does with the session of its connection.</summary>
internal sealed class VisitHub(SessionManager sessions, IServiceProvider services, Gate gate) : Hub
{
    private Session Connected => Context.GetHttpContext()!.GetSession();

    public int Read() => Connected.Get<int>("Count");

    public string? Write() => Record.Exception(() => Connected.Set("Count", 99))?.Message;

    public string Injected()
    {
        try
        {
            var session = services.GetRequiredService<Session>();
            return $"{session.Get<int>("Count")} {Record.Exception(() => session.Set("Count", 99))?.Message}";
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    public async Task<int?> Add(int count, bool waits)
    {
        if (Connected.Id is not { } id || await sessions.OpenAsync(id, Context.ConnectionAborted) is not { } session)
            return null;   // it has ended
        if (waits)
            await gate.PassAsync();
        session.Set("Count", session.Get<int>("Count") + count);
        try
        {
            await session.SaveAsync(Context.ConnectionAborted);
        }
        catch (SessionInterruptedException)
        {
            return -1;
        }

        return session.Get<int>("Count");
    }
}
