using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sessions.Tests.Http;

namespace Sessions.Tests;

/// <summary>Who knows a session's id is the visitor: it is in no store, log, error or debugger.</summary>
public sealed class SecrecyTests : IDisposable
{
    // Of what is secret, a piece of this length must not be found.
    private const int Piece = 8;
    private const string Value = "the visitor's hunter2 value";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sessions-secrecy-");
    private readonly Wiretap _tap = new();
    private readonly ConcurrentBag<string> _secrets = [];

    public void Dispose()
    {
        _tap.Dispose();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("memory", true)]
    [InlineData("files", true)]
    [InlineData("files", false)]
    [InlineData("cookies", true)]
    [InlineData("cookies", false)]
    [InlineData("down", true)]
    public async Task Under_load_nothing_that_is_logged_measured_or_traced_holds_an_id_or_a_value(string store, bool hashed)
    {
        await using var app = await TestApp.StartAsync(
            Map,
            options =>
            {
                options.HashIdsAtRest = hashed;
                options.NestedMutations = NestedMutations.Warn;
                options.MaxValueBytes = 2000;
            },
            sessions => Choose(sessions, store),
            services => services.AddLogging(logging => logging.AddProvider(_tap).SetMinimumLevel(LogLevel.Trace)));

        await Task.WhenAll(Enumerable.Range(0, TestScale.Of(40)).Select(_ => VisitAsync(app)));
        if (store == "files")
            await ReadDamagedAsync(app);

        Assert.True(_secrets.Count >= (store == "down" ? 4 : 20), "The visitors must have been given ids.");
        string[] heard = store switch
        {
            "down" => ["sessions.saves", "outcome=failed", "SocketException", "sessions.load ", "error.type="],
            "files" => ["sessions.saves", "outcome=interrupted", "'list' was changed in place", "SessionValueException", "SessionTooLargeException", "operation=save", "is damaged or not a session"],
            "cookies" => ["sessions.saves", "outcome=rotated", "'list' was changed in place", "SessionValueException", "SessionTooLargeException"],
            _ => ["sessions.saves", "outcome=interrupted", "'list' was changed in place", "SessionValueException", "SessionTooLargeException"],
        };
        Assert.All(heard, text => Assert.Contains(text, _tap.Text, StringComparison.Ordinal));
        AssertSaysNoSecret(_tap.Text);
    }

    [Fact]
    public void A_secret_that_was_said_would_be_found()
    {
        _secrets.Add(SessionId.New().Secret);

        Assert.ThrowsAny<Exception>(() => AssertSaysNoSecret($"beside {_secrets.First()[3..14]} other text"));
        Assert.ThrowsAny<Exception>(() => AssertSaysNoSecret("it was hunter2"));
    }

    [Fact]
    public async Task The_store_the_logs_and_the_errors_share_no_text_with_the_ids()
    {
        var sessions = new TestSessions(options => options.NestedMutations = NestedMutations.Warn);
        var session = sessions.Create();
        session.Set("xs", new List<int> { 1 });
        await sessions.SaveAsync(session);
        var first = session.Id!.Value;
        session.CycleId();
        session.Get<List<int>>("xs")!.Add(2);
        await sessions.SaveAsync(session);
        var second = session.Id!.Value;
        var unreadable = Assert.Throws<SessionValueException>(() => session.Get<int>("xs"));
        await sessions.DeleteAsync(second);
        session.Set("a", 1);
        var interrupted = await Assert.ThrowsAsync<SessionInterruptedException>(() => sessions.SaveAsync(session));
        var damaged = await sessions.StoreRecordAsync(new SessionRecord
        {
            Payload = default,
            Version = 1,
            CreatedAt = sessions.Now,
            ExpiresAt = sessions.Now.AddDays(1),
        });
        var opened = await sessions.OpenAsync(damaged);

        Assert.Contains(sessions.Logs.GetSnapshot(), entry => entry.Message.Contains("'xs'", StringComparison.Ordinal));
        Assert.Contains(sessions.Logs.GetSnapshot(), entry => entry.Message.Contains($"{damaged}", StringComparison.Ordinal));
        string[] texts =
        [
            .. sessions.Store.Told,
            .. sessions.Logs.GetSnapshot().Select(entry => $"{entry.Message} {string.Join(' ', entry.StructuredState ?? [])}"),
            unreadable.ToString(),
            interrupted.ToString(),
            new SessionDebugView(opened).Id,
        ];
        foreach (var secret in new[] { first.Secret, second.Secret, damaged.Secret })
        {
            for (var start = 0; start + 8 <= secret.Length; start++)
                Assert.DoesNotContain(texts, text => text.Contains(secret.Substring(start, 8), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_debugger_is_shown_no_secret()
    {
        Assert.All(
            typeof(SessionId).GetProperties().Where(property => property.PropertyType == typeof(string)),
            property => Assert.Equal(DebuggerBrowsableState.Never, property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
        Assert.All(
            typeof(SessionId).GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
            field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
        Assert.NotNull(typeof(SessionId).GetCustomAttribute<DebuggerDisplayAttribute>());
        Assert.Equal(
            typeof(SessionDebugView).AssemblyQualifiedName,
            typeof(Session).GetCustomAttribute<DebuggerTypeProxyAttribute>()?.ProxyTypeName);
    }

    [Fact]
    public async Task Neither_a_debugger_nor_ToString_shows_an_id_or_a_value()
    {
        var sessions = new TestSessions();
        var session = await sessions.OpenAsync(await sessions.StoreAsync(s => s.Set("secret", Value)));
        var id = session.Id!.Value;
        _secrets.Add(id.Secret);
        var record = sessions.Record(id)!;
        var delta = new SessionDelta { Set = [new("secret", record.Payload)], Now = sessions.Now, Lifetime = sessions.Services.Lifetime };

        string[] shown =
        [
            .. Shown(id), .. Shown(record), .. Shown(delta), .. Shown(SessionStoreResult.Done(record)), .. Shown(new SessionDebugView(session)),
            .. Shown(Activator.CreateInstance(DebugViewOf(typeof(VisitSession)), new VisitSession(session))!),
            $"{session}", $"{session.Id}", $"{new VisitSession(session)}",
            (string)typeof(Session).GetProperty("DebuggerDisplay", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(session)!,
        ];

        Assert.Contains(shown, text => text.Contains($"{id}", StringComparison.Ordinal));
        AssertSaysNoSecret(string.Join('\n', shown));
    }

    private static Type DebugViewOf(Type type) => Type.GetType(type.GetCustomAttribute<DebuggerTypeProxyAttribute>()!.ProxyTypeName)!;

    // What a debugger shows of an object without a view of its own.
    private static IEnumerable<string> Shown(object value) => value.GetType().GetProperties()
        .Where(property => property.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never && property.GetIndexParameters().Length == 0)
        .Select(property => $"{property.Name}={(property.GetValue(value) is System.Collections.IEnumerable many and not string ? string.Join(',', many.Cast<object>()) : property.GetValue(value))}")
        .Append($"{value}");

    private void AssertSaysNoSecret(string text)
    {
        var pieces = _secrets.SelectMany(secret => Enumerable.Range(0, secret.Length - Piece + 1).Select(start => secret.Substring(start, Piece)))
            .ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start + Piece <= text.Length; start++)
        {
            if (pieces.Contains(text.AsSpan(start, Piece)))
                Assert.Fail($"A piece of a cookie was said: {text.AsSpan(Math.Max(0, start - 200), Math.Min(400, text.Length - Math.Max(0, start - 200)))}");
        }

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    private void Choose(SessionsBuilder sessions, string store) => _ = store switch
    {
        "files" => sessions.StoreInFiles(Path.Combine(_directory.FullName, "sessions")),
        "cookies" => sessions.StoreInCookies(),
        "down" => sessions.AddStore("down", _ => new ThrowingStore(() => new SocketException((int)SocketError.ConnectionRefused))),
        _ => sessions.StoreInMemory(),
    };

    /// <summary>All that a visitor can do, and all that can go wrong.</summary>
    private async Task VisitAsync(TestApp app)
    {
        var jar = new CookieJar { ["sessionid"] = SessionId.New().Secret };   // unknown to the store
        Keep(jar);
        string[] paths =
        [
            "/read", "/write", "/read", "/read-list", "/change-list", "/wrong-type", "/wrong-list", "/unstorable", "/too-large", "/fail", "/ended-meanwhile",
            "/write", "/rotate", "/bytes", "/expiry",
        ];
        foreach (var path in paths)
        {
            var before = jar.Copy();
            await jar.GetAsync(app, path);
            Keep(jar);
            if (path == "/rotate" && before.Names.Contains("sessionid"))
                await before.GetAsync(app, "/write");   // retired by now
        }

        if (jar.Names.Contains("sessionid"))
        {
            var id = jar["sessionid"];
            await app.GetAsync("/read", $"sessionid={id.ToUpperInvariant()}");
            await app.GetAsync("/read", $"sessionid={id[..^1]}; sessionid={id}x; sessionid=../{id}");
            await app.GetAsync("/write", $"sessionid={id[..^1]}");
        }

        await jar.GetAsync(app, "/read");
        await jar.GetAsync(app, "/flush");
    }

    private async Task ReadDamagedAsync(TestApp app)
    {
        var id = await app.StoreSessionAsync("secret", Value);
        _secrets.Add(id);
        foreach (var file in _directory.GetFiles("*", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file.FullName, "damaged");
        await app.GetAsync("/read", id);
    }

    private void Keep(CookieJar jar)
    {
        foreach (var name in jar.Names)
            _secrets.Add(jar[name]);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/read", (HttpContext context) => context.GetSession().Items.Count);
        app.MapGet("/write", (HttpContext context) =>
        {
            context.GetSession().Set("secret", Value);
            context.GetSession().Set("list", new List<string> { Value });
        });
        app.MapGet("/read-list", (HttpContext context) => context.GetSession().Get<List<string>>("list")).RequireSession();
        app.MapGet("/change-list", (HttpContext context) => context.GetSession().Get<List<string>>("list")?.Add(Value));
        app.MapGet("/wrong-type", (HttpContext context) => context.GetSession().Get<int>("secret"));
        app.MapGet("/wrong-list", (HttpContext context) => context.GetSession().Get<Dictionary<string, Guid>>("secret"));
        app.MapGet("/unstorable", (HttpContext context) => context.GetSession().Set("secret", new Quoting()));
        app.MapGet("/too-large", (HttpContext context) => context.GetSession().Set("secret", string.Concat(Enumerable.Repeat(Value, 1000))));
        app.MapGet("/fail", (HttpContext context) =>
        {
            context.GetSession().Set("secret", Value);
            throw new InvalidOperationException("The handler failed.");
        });
        app.MapGet("/ended-meanwhile", async (HttpContext context, SessionManager manager) =>
        {
            var session = context.GetSession();
            await session.LoadAsync();
            if (session.Id is { } id)
                await manager.DeleteAsync(id);
            session.Set("secret", Value);
        });
        app.MapGet("/rotate", (HttpContext context) => context.GetSession().CycleId());
        app.MapGet("/bytes", (HttpContext context) => context.Session.SetString("text", Value));
        app.MapGet("/expiry", (HttpContext context) => context.GetSession().SetExpiry(TimeSpan.FromHours(1)));
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
    }

    /// <summary>A value whose own errors quote it.</summary>
    private sealed class Quoting
    {
        public string Text => throw new FormatException($"{Value} is no text.");
    }
}
