using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Sessions;

/// <summary>
/// What <see cref="ISessionStore"/> promises, as tests. The test class of a store derives from it and makes the store; what it needs
/// first, such as a table, it prepares in <see cref="InitializeAsync"/>.
/// </summary>
public abstract partial class SessionStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan CookieAge = TimeSpan.FromDays(14);
    private readonly Lazy<ISessionStore> _store;

    protected SessionStoreContract() => _store = new Lazy<ISessionStore>(() => CreateStore(Time));

    /// <summary>The store's clock. It begins at the real time, for the servers that have a clock of their own, in whole seconds.</summary>
    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));

    /// <summary>The store under test, made when a test first asks for it.</summary>
    protected ISessionStore Store => _store.Value;

    /// <summary>How often each race is run.</summary>
    /// <value>50, or what the environment variable <c>SESSION_STORE_ROUNDS</c> says.</value>
    protected virtual int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("SESSION_STORE_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 50;

    /// <summary>Whether calls at once behave as if one had come after the other. False skips the races.</summary>
    /// <value><see langword="true"/>.</value>
    protected virtual bool IsAtomic => true;

    /// <summary>Whether expired records stay until they are cleared. False skips the clearing: the store forgets them by itself.</summary>
    /// <value><see langword="true"/>.</value>
    protected virtual bool KeepsExpired => true;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected DateTimeOffset Now => Time.GetUtcNow();

    public virtual ValueTask InitializeAsync() => default;

    public virtual ValueTask DisposeAsync() => default;

    /// <summary>Makes an empty store that reads the time from <paramref name="time"/>.</summary>
    protected abstract ISessionStore CreateStore(TimeProvider time);

    /// <summary>An id as sessions give it to a store.</summary>
    protected static string NewId() => $"v1.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>What a request changes.</summary>
    protected SessionDelta Change(
        SessionRecord? from = null,
        (string Key, string Value)[]? set = null,
        string[]? remove = null,
        bool clear = false,
        SessionExpiry? expiry = null,
        TimeSpan? absoluteTimeout = null,
        bool keepExpiry = false) => new()
        {
            Base = from,
            Cleared = clear,
            Set = [.. (set ?? []).Select(entry => Entry(entry.Key, Encoding.UTF8.GetBytes(entry.Value)))],
            Removed = remove ?? [],
            Expiry = expiry,
            Now = Now,
            Lifetime = new SessionLifetime(CookieAge, absoluteTimeout),
            KeepsExpiry = keepExpiry,
        };

    /// <summary>The first version of a session with these entries.</summary>
    protected SessionRecord NewRecord(params (string Key, string Value)[] entries) => Change(set: entries).Apply(null);

    /// <summary>Stores the first version of a session and gives its id.</summary>
    protected async Task<string> StoreAsync(SessionRecord record)
    {
        var id = NewId();
        Assert.True(await Store.CreateAsync(id, record, Cancel));
        return id;
    }

    protected async Task<string> StoreExpiredAsync()
    {
        var id = await StoreAsync(Change(set: [("a", "1")], expiry: SessionExpiry.AfterIdle(TimeSpan.FromHours(1))).Apply(null));
        Time.Advance(TimeSpan.FromHours(1));
        return id;
    }

    protected async Task<string> StoreDeletedAsync()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        Assert.Equal(SessionStoreOutcome.Done, await Store.DeleteAsync(id, Cancel));
        return id;
    }

    protected async Task<string> StoreRetiredAsync()
    {
        var id = await StoreAsync(NewRecord(("a", "1")));
        Assert.Equal(SessionStoreOutcome.Done, (await Store.RotateAsync(id, NewId(), Change(), Cancel)).Outcome);
        return id;
    }

    protected async Task<SessionRecord> LiveAsync(string id)
    {
        var record = await Store.LoadAsync(id, Cancel);
        Assert.NotNull(record);
        Assert.False(record.IsRetired);
        return record;
    }

    private async Task<bool> IsRetiredAsync(string id) => await Store.LoadAsync(id, Cancel) is { IsRetired: true };

    private async Task AssertUnknownAsync(string id)
    {
        Assert.Null(await Store.LoadAsync(id, Cancel));
        Assert.Null(Store.Load(id));
        Assert.False(await Store.ExistsAsync(id, Cancel));
    }

    protected static void AssertSame(SessionRecord expected, SessionRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Payload.ToArray(), actual.Payload.ToArray());
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.CreatedAt, actual.CreatedAt);
        Assert.Equal(expected.ExpiresAt, actual.ExpiresAt);
    }

    private void AssertEntries(SessionRecord? actual, params (string Key, string Value)[] expected)
    {
        Assert.NotNull(actual);
        Assert.Equal(NewRecord(expected).Payload.ToArray(), actual.Payload.ToArray());
    }

    // Setting a key to the value that it has changes no byte; setting it to another, or adding it, does.
    private bool Holds(SessionRecord record, string key, string value) =>
        Change(set: [(key, value)]).Apply(record).Payload.Span.SequenceEqual(record.Payload.Span);

    private static KeyValuePair<string, ReadOnlyMemory<byte>> Entry(string key, byte[] value) => new(key, value);

    // Starts the calls together and gives their answers in their order.
    private static async Task<T[]> RaceAsync<T>(params IEnumerable<Func<Task<T>>> calls)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = calls.Select(call => Task.Run(
            async () =>
            {
                await start.Task;
                return await call();
            },
            Cancel)).ToArray();
        start.SetResult();
        return await Task.WhenAll(running);
    }

    private void SkipUnlessKept() => Assert.SkipUnless(KeepsExpired, "This store forgets expired records by itself.");

    private void SkipUnlessAtomic() => Assert.SkipUnless(IsAtomic, "This store does not promise it.");
}
