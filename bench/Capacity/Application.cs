using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Capacity;

/// <summary>An application's sessions on a store, without the web around them.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SessionServices _sessions;

    private Application(CapacityStore store, ServiceProvider services, MovableTime time)
    {
        (Store, Time, _services) = (store, time, services);
        _sessions = services.GetRequiredService<SessionServices>();
        Manager = services.GetRequiredService<SessionManager>();
    }

    public CapacityStore Store { get; }

    public SessionManager Manager { get; }

    public MovableTime Time { get; }

    /// <param name="store">Its server runs.</param>
    public static async Task<Application> StartAsync(CapacityStore store)
    {
        var time = new MovableTime();
        var sessions = new ServiceCollection().AddSingleton<TimeProvider>(time).AddTypedSessions();
        store.AddTo(sessions);
        var services = sessions.Services.BuildServiceProvider();
        await store.PrepareAsync(services);
        var application = new Application(store, services, time);
        await application.WarmUpAsync();
        return application;
    }

    public string RecordId(SessionId id) => _sessions.RecordId(id);

    /// <summary>The bytes of a session's payload.</summary>
    public async Task<int> PayloadBytesAsync(SessionId id) => (await _sessions.Store.LoadAsync(RecordId(id)))!.Payload.Length;

    public async Task<SessionId> CreateAsync(Action<Session> fill)
    {
        var session = Manager.Create();
        fill(session);
        await session.SaveAsync();
        return session.Id!.Value;
    }

    public async Task<Session> OpenAsync(SessionId id) => await Manager.OpenAsync(id) ?? throw new InvalidOperationException($"Session {id} is gone.");

    /// <summary>Opens a session for one key, as an endpoint does whose shapes name no other.</summary>
    public async Task<Session> OpenPartAsync(SessionId id, string key)
    {
        var session = new Session(_sessions, id);
        await session.LoadAsync([key], CancellationToken.None);
        return session.IsNew ? throw new InvalidOperationException($"Session {id} is gone.") : session;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // The first operations wait for the compiler.
    private async Task WarmUpAsync() => await ClosedLoop.RunAsync(workers: 2, TimeSpan.FromSeconds(2), async (_, number) =>
    {
        var id = await CreateAsync(session => SampleSession.FillTypical(session, number));
        var session = await OpenAsync(id);
        SampleSession.Touch(session);
        await session.SaveAsync();
        await Manager.DeleteAsync(id);
    });
}
