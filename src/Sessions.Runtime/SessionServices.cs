using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>What every session of an application shares.</summary>
internal sealed class SessionServices(
    ISessionStore store,
    IOptions<TypedSessionOptions> options,
    TimeProvider time,
    ILogger<Session> logger,
    SessionTelemetry telemetry,
    IEnumerable<SessionShapeKeys>? shapes = null)
{
    // What is kept in this process answers at once.
    public ISessionStore Store { get; } =
        store is MemorySessionStore or CookieSessionStore ? store : new GuardedSessionStore(store, options.Value.IoTimeout, time, telemetry);

    /// <summary>Where the clients keep the sessions themselves; null where a store does.</summary>
    public CookieSessionStore? Cookies { get; } = store as CookieSessionStore;

    /// <summary>Whether other machines may have the same sessions.</summary>
    public bool IsShared { get; } = store is not (MemorySessionStore or FileSessionStore);

    /// <summary>The most bytes that a session's entries may take.</summary>
    public int MaxPayloadBytes { get; } = Math.Min(options.Value.MaxPayloadBytes, (store as CookieSessionStore)?.MaxPayloadBytes ?? int.MaxValue);

    /// <summary>The option that says so.</summary>
    public string MaxPayloadReason { get; } = store is CookieSessionStore cookies && cookies.MaxPayloadBytes < options.Value.MaxPayloadBytes
        ? $"{nameof(CookieSessionStoreOptions)}.{nameof(CookieSessionStoreOptions.MaxCookies)} ({cookies.MaxCookies})"
        : $"{nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.MaxPayloadBytes)}";

    public TypedSessionOptions Options { get; } = options.Value;

    public SessionSerializers Serializer { get; } = new(options.Value.Serializer, options.Value.FormerSerializers);

    public SessionLifetime Lifetime { get; } = options.Value.Lifetime;

    public TimeProvider Time { get; } = time;

    public ILogger Logger { get; } = logger;

    public SessionTelemetry Telemetry { get; } = telemetry;

    public SessionEndpoints Endpoints { get; } = new(shapes ?? []);

    /// <summary>Draws ids; tests replace it to force collisions.</summary>
    public Func<SessionId> NewId { get; init; } = SessionId.New;

    /// <summary>The name under which the store knows a session. A cookie keeps its id beside it; Data Protection, which logs the names, gets the digest.</summary>
    public string RecordId(SessionId id) => Options.HashIdsAtRest || Cookies is not null ? id.Digest() : id.Secret;
}
