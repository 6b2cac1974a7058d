using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>How sessions behave in this application. Checked when the application starts.</summary>
public sealed class TypedSessionOptions
{
    private NestedMutations? _nestedMutations;   // null until the application sets it

    /// <summary>The cookie that carries the session id. How long it lasts is for <see cref="CookieAge"/>, or the session, to say.</summary>
    /// <remarks>
    /// Where it is not essential, and <c>UseCookiePolicy()</c> finds that a visitor has not consented, the visitor gets no session: what
    /// is written lives until the end of the request, and nothing is stored. A session from before the consent was withdrawn can still be
    /// read, changed and ended, and a new id ends it, for the visitor takes none.
    /// </remarks>
    /// <value>Name <c>sessionid</c>, path <c>/</c>, HttpOnly, SameSite=Lax, Secure as the request, essential.</value>
    public CookieBuilder Cookie { get; set; } = new()
    {
        Name = "sessionid",
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
        IsEssential = true,
    };

    /// <summary>How long a session lives after its last save, unless it sets an expiry of its own.</summary>
    /// <value>14 days.</value>
    public TimeSpan CookieAge { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Whether cookies last until the browser closes, unless the session sets an expiry of its own.</summary>
    /// <value><see langword="false"/>.</value>
    public bool ExpireAtBrowserClose { get; set; }

    /// <summary>Whether every request of a live session renews its expiry and its cookie.</summary>
    /// <value><see langword="false"/>: only requests that change the session do.</value>
    public bool SaveEveryRequest { get; set; }

    /// <summary>
    /// Whether requests that use a live session prolong it, also when they only read it. Most of them write nothing: see
    /// <see cref="RenewalThreshold"/>. Endpoints that a page polls by itself are exempted by <c>.WithoutSessionRenewal()</c>.
    /// </summary>
    /// <value><see langword="false"/>: only requests that change the session do.</value>
    public bool SlidingExpiration { get; set; }

    /// <summary>The part of a session's time that must have passed before <see cref="SlidingExpiration"/> renews it: 0 renews at every
    /// use, 0.5 when half of it is over.</summary>
    /// <value>0.1.</value>
    public double RenewalThreshold { get; set; } = 0.1;

    /// <summary>A ceiling on a session's life, counted from its creation, however active it is; null for none.</summary>
    /// <value><see langword="null"/>.</value>
    public TimeSpan? AbsoluteTimeout { get; set; }

    /// <summary>What happens to values that were changed in place and not marked.</summary>
    /// <value><see cref="NestedMutations.Warn"/> in Development, otherwise <see cref="NestedMutations.Ignore"/>.</value>
    public NestedMutations NestedMutations
    {
        get => _nestedMutations ?? DefaultNestedMutations;
        set => _nestedMutations = value;
    }

    /// <summary>The largest size of all of a session's entries together, in bytes; more is <see cref="SessionTooLargeException"/>.</summary>
    /// <value>1,048,576.</value>
    public int MaxPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>The largest size of one encoded value, in bytes; more is <see cref="SessionTooLargeException"/>.</summary>
    /// <value>1,048,576.</value>
    public int MaxValueBytes { get; set; } = 1024 * 1024;

    /// <summary>The most keys that one session may have; more is <see cref="SessionTooLargeException"/>.</summary>
    /// <value>10,000.</value>
    public int MaxKeys { get; set; } = 10_000;

    /// <summary>
    /// Whether stores see the SHA-256 of a session id instead of the id. Off, who sees a store's keys, its own logs or the paths of its files has
    /// the visitors' ids. Turning it off or on abandons the sessions there are.
    /// </summary>
    /// <value><see langword="true"/>.</value>
    public bool HashIdsAtRest { get; set; } = true;

    /// <summary>The longest that one call to the store may take; then it fails with a <see cref="SessionStoreUnavailableException"/>.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan IoTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Turns values into bytes and back.</summary>
    /// <value>A <see cref="JsonSessionSerializer"/>.</value>
    public ISessionSerializer Serializer { get; set; } = new JsonSessionSerializer();

    /// <summary>
    /// Serializers that wrote values which are still stored: each value is read by the one that wrote it. A session with a value that none
    /// of them wrote begins empty, and a warning says so. They are told apart by <see cref="ISessionSerializer.Format"/>.
    /// </summary>
    /// <value>Empty.</value>
    public IList<ISessionSerializer> FormerSerializers { get; } = [];

    /// <summary>The store by name, for choosing it in configuration; null takes the one that the code registered last.</summary>
    /// <value><see langword="null"/>.</value>
    public string? Store { get; set; }

    /// <summary>What holds where the application sets nothing.</summary>
    internal NestedMutations DefaultNestedMutations { get; set; }

    /// <summary>The schemes whose sign-ins rotate the id; null where none does.</summary>
    internal UserSchemes? SignInSchemes { get; set; }

    /// <summary>The schemes whose tickets are kept in sessions; null where none is.</summary>
    internal UserSchemes? TicketSchemes { get; set; }

    internal SessionLifetime Lifetime => new(CookieAge, AbsoluteTimeout);
}
