using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>
/// What clients of Django's sessions see, numbered as it was observed there, and what is decided otherwise here: on every store of
/// this package.
/// </summary>
public sealed class ObservationTests
{
    private const string All = "n:1 xs:1";

    private static readonly Observation[] Observations =
    [
        new("B1 no cookie, untouched", Brings.Nothing, "/untouched", Gives.Nothing) { Vary = null },
        new("B2 no cookie, read", Brings.Nothing, "/read", Gives.Nothing),
        new("B3 no cookie, write", Brings.Nothing, "/write", Gives.NewId) { After = "n:1" },
        new("B4 live session, untouched", Brings.Live, "/untouched", Gives.Nothing) { Vary = null, After = All },
        new("B5 live session, read", Brings.Live, "/read", Gives.Nothing) { After = All },
        new("B6 live session, write", Brings.Live, "/write", Gives.SameId) { After = "n:2 xs:1" },
        new("B7 live session, changed in place only", Brings.Live, "/nested", Gives.Nothing) { After = All },
        new("B8 live session, flush", Brings.Live, "/flush", Gives.Deletion),
        new("B9 live session, clear", Brings.Live, "/clear", Gives.SameId),
        new("B10 live session, last key removed", Brings.Live, "/remove-all", Gives.SameId),
        new("B11 session deleted, untouched", Brings.Live, "/delete", Gives.Nothing) { Vary = null, Records = -1, IsForServers = true },
        new("B12 session deleted, then written", Brings.Live, "/delete-write", Gives.NewId) { After = "n:1", IsForServers = true },
        new("B13 live session, flush then write", Brings.Live, "/flush-write", Gives.NewId) { After = "n:1" },
        new("B14 live session, new id", Brings.Live, "/cycle", Gives.NewId) { After = All, Records = 1 },   // what is left of the old one for a minute
        new("B15 no cookie, flush", Brings.Nothing, "/flush", Gives.Nothing),
        new("B16 no cookie, clear", Brings.Nothing, "/clear", Gives.Nothing),
        new("B17 no cookie, written and removed", Brings.Nothing, "/write-remove", Gives.Nothing),
        new("B18 no cookie, new id: not stored without an entry, unlike Django", Brings.Nothing, "/cycle", Gives.Nothing),
        new("B19 no cookie, marked as modified", Brings.Nothing, "/mark", Gives.Nothing) { Vary = null },
        new("B20 unknown id, untouched", Brings.Unknown, "/untouched", Gives.Nothing) { Vary = null },
        new("B21 unknown id, read", Brings.Unknown, "/read", Gives.Deletion),
        new("B22 unknown id, write", Brings.Unknown, "/write", Gives.NewId) { After = "n:1" },
        new("B23 too short a cookie, untouched", Brings.TooShort, "/untouched", Gives.Deletion),
        new("B24 empty cookie, untouched", Brings.Empty, "/untouched", Gives.Deletion),
        new("B25 too short a cookie, write", Brings.TooShort, "/write", Gives.NewId) { After = "n:1" },
        new("B26 expired session, read", Brings.Expired, "/read", Gives.Deletion) { Records = null },
        new("B27 expired session, write", Brings.Expired, "/write", Gives.NewId) { After = "n:1", Records = null },
        new("B28 saved on every request: no cookie", Brings.Nothing, "/untouched", Gives.Nothing) { Vary = null, Options = SaveAlways },
        new("B29 saved on every request: live, untouched", Brings.Live, "/untouched", Gives.SameId) { After = All, Options = SaveAlways },
        new("B30 saved on every request: live, read", Brings.Live, "/read", Gives.SameId) { After = All, Options = SaveAlways },
        new("B31 saved on every request: unknown id creates nothing, unlike Django", Brings.Unknown, "/untouched", Gives.Deletion) { Options = SaveAlways },
        new("B32 saved on every request: unknown id, read", Brings.Unknown, "/read", Gives.Deletion) { Options = SaveAlways },
        new("B33 saved on every request: live, 500", Brings.Live, "/untouched?status=500", Gives.Nothing)
            { Status = 500, Vary = null, After = All, Options = SaveAlways },
        new("B34 browser-length by option", Brings.Nothing, "/write", Gives.NewId) { After = "n:1", MaxAge = null, Options = CloseWithBrowser },
        new("B35 browser-length by option, an expiry of its own", Brings.Nothing, "/expire-after?seconds=60", Gives.NewId)
            { After = "n:1", MaxAge = 60, Options = CloseWithBrowser },
        new("B36 browser-length by the session", Brings.Nothing, "/expire-with-browser", Gives.NewId) { After = "n:1", MaxAge = null },
        new("B37 a minute", Brings.Nothing, "/expire-after?seconds=60", Gives.NewId) { After = "n:1", MaxAge = 60 },
        new("B38 a negative time is refused, unlike Django", Brings.Nothing, "/expire-after?seconds=-60", Gives.Nothing) { Status = 500, Vary = null },
        new("B39 ninety seconds", Brings.Nothing, "/expire-after?seconds=90", Gives.NewId) { After = "n:1", MaxAge = 90 },
        new("B40 a moment ahead", Brings.Nothing, "/expire-at?seconds=3600", Gives.NewId) { After = "n:1", MaxAge = 3600 },
        new("B41 a moment that has passed ends a live session, unlike Django", Brings.Live, "/expire-at?seconds=-3600", Gives.Deletion),
        new("B41 a moment that has passed begins no session, unlike Django", Brings.Nothing, "/expire-at?seconds=-3600", Gives.Nothing),
        new("B42 a reset of nothing", Brings.Nothing, "/reset-expiry", Gives.Nothing),
        new("B43 part of a second is cut off", Brings.Nothing, "/expire-after?seconds=90.7", Gives.NewId) { After = "n:1", MaxAge = 90 },
        new("B44 write, 204", Brings.Nothing, "/write?status=204", Gives.NewId) { Status = 204, After = "n:1" },
        new("B45 write, 301", Brings.Nothing, "/write?status=301", Gives.NewId) { Status = 301, After = "n:1" },
        new("B46 write, 404", Brings.Nothing, "/write?status=404", Gives.NewId) { Status = 404, After = "n:1" },
        new("B47 write, 499", Brings.Nothing, "/write?status=499", Gives.NewId) { Status = 499, After = "n:1" },
        new("B48 write, 500", Brings.Live, "/write?status=500", Gives.Nothing) { Status = 500, After = All },
        new("B48 new id, 500", Brings.Live, "/cycle?status=500", Gives.Nothing) { Status = 500, After = All },
        new("B48 flush then write, 500", Brings.Live, "/flush-write?status=500", Gives.Nothing) { Status = 500, After = All },
        new("B49 write, 503", Brings.Nothing, "/write?status=503", Gives.Nothing) { Status = 503 },
        new("B50 write, 599", Brings.Nothing, "/write?status=599", Gives.Nothing) { Status = 599 },
        new("B51 write, then an error", Brings.Live, "/throw", Gives.Nothing) { Status = 500, Vary = null, After = All },
        new("B52 flush, 500", Brings.Live, "/flush?status=500", Gives.Deletion) { Status = 500 },
        new("B52 flush, then an error: the record goes", Brings.Live, "/flush-throw", Gives.Nothing)
            { Status = 500, Vary = null, Records = -1, IsForServers = true },
        new("B53 deleted meanwhile, write", Brings.Live, "/load-delete-write", Gives.Nothing) { Status = 400, Vary = null, Records = -1, IsForServers = true },
        new("B54 deleted meanwhile, read", Brings.Live, "/read-delete", Gives.Nothing) { Records = -1, IsForServers = true },
        new("B55 deleted before the first touch, write", Brings.Live, "/delete-write", Gives.NewId) { After = "n:1", IsForServers = true },
        .. WithCookie("B56 domain and path", "; domain=example.com; path=/app/; samesite=lax; httponly", options =>
            (options.Cookie.Domain, options.Cookie.Path) = ("example.com", "/app/")),
        .. WithCookie("B58 secure", "; path=/; secure; samesite=lax; httponly", Secure),
        .. WithCookie("B60 for scripts too", "; path=/; samesite=lax", options => options.Cookie.HttpOnly = false),
        .. WithCookie("B62 same site: strict", "; path=/; samesite=strict; httponly", options => options.Cookie.SameSite = SameSiteMode.Strict),
        .. WithCookie("B64 same site: none", "; path=/; secure; samesite=none; httponly", options =>
        {
            Secure(options);
            options.Cookie.SameSite = SameSiteMode.None;
        }),
        .. WithCookie("B66 same site: not said", "; path=/; httponly", options => options.Cookie.SameSite = SameSiteMode.Unspecified),
        .. WithCookie("B72 a name for this host alone", "; path=/; secure; samesite=lax; httponly", options =>
        {
            Secure(options);
            options.Cookie.Name = "__Host-sid";
        }, "__Host-sid"),
        .. WithCookie("A cookie of its own for each site around", "; path=/; secure; samesite=none; httponly; Partitioned", options =>
        {
            Secure(options);
            options.Cookie.SameSite = SameSiteMode.None;
            options.Cookie.Extensions.Add("Partitioned");
        }),
        new("B74 Vary joins what is there", Brings.Nothing, "/vary?by=Accept-Language", Gives.NewId) { Vary = "Accept-Language, Cookie", After = "n:1" },
        new("B74 Vary joins several lines", Brings.Nothing, "/vary?by=Accept-Language&by=Accept,Origin", Gives.NewId)
            { Vary = "Accept-Language, Accept, Origin, Cookie", After = "n:1" },
        new("B75 Vary by everything", Brings.Nothing, "/vary?by=*", Gives.NewId) { Vary = "*", After = "n:1" },
        new("B75 Vary by everything and more", Brings.Nothing, "/vary?by=Accept,*", Gives.NewId) { Vary = "*", After = "n:1" },
        new("B76 Vary by cookie already", Brings.Nothing, "/vary?by=cookie", Gives.NewId) { Vary = "cookie", After = "n:1" },
        new("B77 write inside the body is saved, unlike Django", Brings.Live, "/late-write", Gives.Nothing) { After = "n:2 xs:1", IsForServers = true },
        new("B78 the feature is taken away", Brings.Live, "/unregister", Gives.Nothing) { Vary = null, After = All },
        new("B79 another cookie beside it", Brings.Nothing, "/other-cookie", Gives.NewId) { After = "n:1" },
        new("B80 a value that cannot be stored", Brings.Nothing, "/unstorable", Gives.Nothing) { Status = 500, Vary = null },
        new("B87 bad characters, read", Brings.BadCharacters, "/read", Gives.Deletion),
        new("B88 bad characters, flush", Brings.BadCharacters, "/flush", Gives.Deletion),
        new("B89 bad characters, clear: no error, unlike Django", Brings.BadCharacters, "/clear", Gives.Deletion),
        new("Unknown id, clear: no error, unlike Django", Brings.Unknown, "/clear", Gives.Deletion),
        new("Unknown id, marked as modified", Brings.Unknown, "/mark", Gives.Deletion),
        new("Unknown id, flush", Brings.Unknown, "/flush", Gives.Deletion),
        new("Unknown id, new id", Brings.Unknown, "/cycle", Gives.Deletion),
        new("Live session, marked as modified", Brings.Live, "/mark", Gives.SameId) { After = All },
    ];

    public static TheoryData<string, string> Cases => new(
        from store in new[] { "memory", "cache", "files", "cookies" }
        from observation in Observations
        where store != "cookies" || !observation.IsForServers
        select (store, observation.Sentence));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_observed(string store, string sentence)
    {
        var expected = Observations.Single(observation => observation.Sentence == sentence);
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            await using var app = await TestApp.StartAsync(
                ObservationEndpoints.Map,
                expected.Options,
                sessions => Choose(sessions, store, directory.FullName),
                services => services.AddDistributedMemoryCache().AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>());
            await CheckAsync(app, expected);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task CheckAsync(TestApp app, Observation expected)
    {
        var name = expected.CookieName;
        var live = ValueOf((await app.GetAsync("/start")).SetCookies, name)!;
        var brought = Bring(app, expected.Brings, live);
        var memory = app.Services.GetRequiredService<ISessionStore>() as MemorySessionStore;
        var before = memory?.Count;

        var answer = await app.GetAsync(expected.Path, brought is null ? null : $"{name}={brought}");

        Assert.Equal((expected.Status, expected.Vary), (answer.Status, answer.Vary));
        var cookie = answer.SetCookies.SingleOrDefault(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal));
        var given = cookie is null ? null : ValueOf([cookie], name);
        Assert.Equal(expected.Gives, cookie is null ? Gives.Nothing : given is "" ? Gives.Deletion : IdOf(given) == IdOf(brought) ? Gives.SameId : Gives.NewId);
        if (cookie is not null)
        {
            var end = given is "" ? DateTimeOffset.UnixEpoch : app.Time.GetUtcNow().AddSeconds(expected.MaxAge ?? 0);
            var time = given is not "" && expected.MaxAge is null ? "" : $"; expires={end:R}; max-age={(given is "" ? 0 : expected.MaxAge)}";
            Assert.Equal($"{name}={given}{time}{expected.Attributes}", cookie);
            Assert.Equal("no-store, no-cache", answer.CacheControl);
        }

        var isReplaced = expected.Gives is Gives.NewId or Gives.Deletion;
        if (memory is not null && expected.Records is { } more)
            Assert.Equal(before + (expected.Gives == Gives.NewId ? 1 : 0) - (isReplaced && expected.Brings == Brings.Live ? 1 : 0) + more, memory.Count);
        var next = cookie is null ? brought : given;
        Assert.Equal(expected.After, (await app.GetAsync("/all", $"{name}={next}")).Body);
        if (memory is not null && isReplaced)
            Assert.Equal("", (await app.GetAsync("/all", $"{name}={brought}")).Body);
    }

    private static string? Bring(TestApp app, Brings what, string live)
    {
        if (what == Brings.Expired)
            app.Time.Advance(TimeSpan.FromDays(14));
        return what switch
        {
            Brings.Nothing => null,
            Brings.Live or Brings.Expired => live,
            Brings.Unknown => SessionId.New().Secret + live[SessionId.Length..],
            Brings.TooShort => "abc",
            Brings.Empty => "",
            _ => "../../../../../../../../../../etc",
        };
    }

    private static string? ValueOf(IReadOnlyList<string> cookies, string name) =>
        cookies.Single(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal)).Split(';')[0][(name.Length + 1)..];

    private static string? IdOf(string? value) => value?[..Math.Min(value.Length, SessionId.Length)];

    private static Observation[] WithCookie(string sentence, string attributes, Action<TypedSessionOptions> options, string name = "sessionid") =>
    [
        new($"{sentence}, write", Brings.Nothing, "/write", Gives.NewId) { After = "n:1", Attributes = attributes, Options = options, CookieName = name },
        new($"{sentence}, flush", Brings.Live, "/flush", Gives.Deletion) { Attributes = attributes, Options = options, CookieName = name },
    ];

    private static void Choose(SessionsBuilder sessions, string store, string directory)
    {
        if (store == "memory")
            sessions.StoreInMemory();
        else if (store == "cache")
            sessions.StoreInCache();
        else if (store == "files")
            sessions.StoreInFiles(directory);
        else
            sessions.StoreInCookies();
    }

    private static void SaveAlways(TypedSessionOptions options) => options.SaveEveryRequest = true;

    private static void CloseWithBrowser(TypedSessionOptions options) => options.ExpireAtBrowserClose = true;

    private static void Secure(TypedSessionOptions options) => options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
}
