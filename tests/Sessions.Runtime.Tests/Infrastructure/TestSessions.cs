using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.Tests;

/// <summary>Sessions without HTTP, on a memory store and a clock that stands still.</summary>
internal sealed class TestSessions
{
    /// <param name="configure">The options.</param>
    /// <param name="newId">Draws ids; null draws random ones.</param>
    public TestSessions(Action<TypedSessionOptions>? configure = null, Func<SessionId>? newId = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddFakeLogging());
        services.AddSingleton<TimeProvider>(Time);
        services
            .AddTypedSessions(options =>
            {
                options.Serializer = Serializer;
                configure?.Invoke(options);
            })
            .AddStore("counting", provider => new CountingStore(ActivatorUtilities.CreateInstance<MemorySessionStore>(provider)));
        var provider = services.BuildServiceProvider();
        Logs = provider.GetRequiredService<FakeLogCollector>();
        Store = (CountingStore)provider.GetRequiredService<ISessionStore>();
        Services = newId is null ? provider.GetRequiredService<SessionServices>() : new SessionServices(
            Store,
            provider.GetRequiredService<IOptions<TypedSessionOptions>>(),
            Time,
            provider.GetRequiredService<ILogger<Session>>(),
            provider.GetRequiredService<SessionTelemetry>())
        {
            NewId = newId,
        };
        Manager = newId is null ? provider.GetRequiredService<SessionManager>() : new SessionManager(Services);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 13, 8, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now => Time.GetUtcNow();

    public CountingSerializer Serializer { get; } = new();

    public CountingStore Store { get; }

    public FakeLogCollector Logs { get; }

    public SessionServices Services { get; }

    public SessionManager Manager { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Session Create() => Manager.Create();

    /// <summary>The session of a request that brings this id and has not touched it yet.</summary>
    public Session At(SessionId id) => new(Services, id);

    public async Task<Session> OpenAsync(SessionId id)
    {
        var session = await Manager.OpenAsync(id, Cancel);
        Assert.NotNull(session);
        return session;
    }

    public async Task SaveAsync(Session session) => await session.SaveAsync(Cancel);

    /// <summary>Saves the session and gives what the next request sees.</summary>
    public async Task<Session> ReopenAsync(Session session)
    {
        await SaveAsync(session);
        return await OpenAsync(session.Id!.Value);
    }

    /// <summary>Stores a session; the counters begin after it.</summary>
    public async Task<SessionId> StoreAsync(Action<Session> write)
    {
        var session = Create();
        write(session);
        await SaveAsync(session);
        Store.Calls.Clear();
        Serializer.Reset();
        return session.Id!.Value;
    }

    /// <summary>Another request changes the session meanwhile.</summary>
    public async Task ElsewhereAsync(SessionId id, Action<Session> change)
    {
        var other = await OpenAsync(id);
        change(other);
        await SaveAsync(other);
        Store.Calls.Clear();
        Serializer.Reset();
    }

    /// <summary>Stores a session whose values have these bytes.</summary>
    public async Task<SessionId> StoreBytesAsync(params (string Key, byte[] Value)[] entries)
    {
        var delta = new SessionDelta
        {
            Set = [.. entries.Select(entry => new KeyValuePair<string, ReadOnlyMemory<byte>>(entry.Key, entry.Value))],
            Now = Now,
            Lifetime = Services.Lifetime,
        };
        return await StoreRecordAsync(delta.Apply(null));
    }

    public async Task<SessionId> StoreRecordAsync(SessionRecord record)
    {
        var id = SessionId.New();
        Assert.True(await Store.CreateAsync(Services.RecordId(id), record, Cancel));
        Store.Calls.Clear();
        return id;
    }

    /// <summary>The stored record; null when there is none.</summary>
    public SessionRecord? Record(SessionId id)
    {
        var record = Store.Load(Services.RecordId(id));
        Store.Calls.RemoveAt(Store.Calls.Count - 1);
        return record;
    }

    /// <summary>The stored bytes of a value, as text.</summary>
    public string? Stored(SessionId id, string key) =>
        SessionPayload.ParseOrEmpty(Record(id)!.Payload).TryFind(key, out var value) ? Encoding.UTF8.GetString(value.Span) : null;

    public async Task<bool> ExistsAsync(SessionId id) => await Manager.ExistsAsync(id, Cancel);

    public async Task DeleteAsync(SessionId id) => await Manager.DeleteAsync(id, Cancel);
}
