namespace Sessions;

/// <summary>How sessions are put into cookies.</summary>
public sealed class CookieSessionStoreOptions
{
    /// <summary>
    /// The most cookies of at most 4,000 bytes that one session may take. Browsers keep 50 of a site and more, but they send all of them
    /// with every request, and a server takes only so many bytes of headers: Kestrel 32 KB in all, other servers and proxies often 8 KB
    /// (two cookies). A visitor whose cookies are over that is refused with every request until they expire.
    /// </summary>
    /// <value>7; at most 50.</value>
    public int MaxCookies { get; set; } = 7;

    /// <summary>
    /// Whether the session is compressed before it is encrypted. The length of a cookie can be observed, and compressed together, what
    /// others can write into a session tells by the length whether it resembles a secret that is there. Turn it on only where no session
    /// holds both a secret and a text that others may influence, such as a search term out of a link.
    /// </summary>
    /// <value><see langword="false"/>.</value>
    public bool Compress { get; set; }
}
