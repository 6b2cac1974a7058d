using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Sessions;

/// <summary>
/// Keeps sessions with the clients, encrypted and authenticated by Data Protection, and nothing here. A session can be read and saved in
/// the request that brings it alone, by <see cref="CookieSession"/>.
/// </summary>
internal sealed class CookieSessionStore : ISessionStore
{
    /// <summary>The most bytes of a Set-Cookie header.</summary>
    public const int MaxCookieBytes = 4000;

    /// <summary>What every browser keeps of one site: no session may take more.</summary>
    public const int MostCookies = 50;

    // Expires, Max-Age, SameSite, HttpOnly, Secure, and the number behind the name.
    private const int AttributeBytes = 160;

    // What protection and the record's own format add.
    private const int OverheadBytes = 256;

    private readonly IDataProtector _protector;

    public CookieSessionStore(
        IDataProtectionProvider protection,
        IOptions<TypedSessionOptions> options,
        IOptions<CookieSessionStoreOptions> cookies,
        TimeProvider time,
        IHostEnvironment? environment = null)
    {
        var cookie = options.Value.Cookie;
        Name = cookie.Name!;
        MaxCookies = cookies.Value.MaxCookies;
        Compress = cookies.Value.Compress;
        Lifetime = options.Value.Lifetime;
        Time = time;
        CookieBytes = MaxCookieBytes - AttributeBytes - Name.Length - (cookie.Domain?.Length ?? 0) - (cookie.Path?.Length ?? 0)
            - cookie.Extensions.Sum(extension => extension.Length + 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCookies, nameof(CookieSessionStoreOptions.MaxCookies));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxCookies, MostCookies, nameof(CookieSessionStoreOptions.MaxCookies));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CookieBytes, nameof(TypedSessionOptions.Cookie));
        _protector = protection.CreateProtector("Sessions.Cookies", "v1", environment?.ApplicationName ?? "", Name);
    }

    public string Name { get; }

    public int MaxCookies { get; }

    /// <summary>How much of a session goes into one cookie, in characters.</summary>
    public int CookieBytes { get; }

    public bool Compress { get; }

    public SessionLifetime Lifetime { get; }

    public TimeProvider Time { get; }

    /// <summary>The most bytes that a session's entries may take; compressed, they may be more, and saving tells.</summary>
    public int MaxPayloadBytes => Compress ? int.MaxValue : Math.Max(0, (MaxCookies * CookieBytes / 4 * 3) - OverheadBytes);

    /// <summary>Protects and opens what belongs to this id, and to no other.</summary>
    public IDataProtector ProtectorOf(string id) => _protector.CreateProtector(id);

    public SessionRecord? Load(string id) => throw OutsideRequest();

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) => throw OutsideRequest();

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default) => throw OutsideRequest();

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
        throw OutsideRequest();

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default) => throw OutsideRequest();

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default) => throw OutsideRequest();

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default) => throw OutsideRequest();

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => throw OutsideRequest();

    /// <summary>Does nothing: nothing is kept here.</summary>
    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => new(0L);

    private static InvalidOperationException OutsideRequest() => new(
        "StoreInCookies() keeps sessions with the clients: they can be opened, saved and ended only in a request that brings them, not by SessionManager.");
}
