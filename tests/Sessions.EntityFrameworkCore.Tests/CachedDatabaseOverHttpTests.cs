using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests;

/// <summary>The cached database behind real requests, in two applications that share both.</summary>
public sealed class CachedDatabaseOverHttpTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();
    private readonly TestCacheServer _server = new(TimeProvider.System);
    private readonly StatementLog _statements = new();
    private readonly TestCache _cache;
    private TestApp _app = null!;
    private TestApp _other = null!;

    public CachedDatabaseOverHttpTests() => _cache = new TestCache(_server);

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _app = await StartAsync(_cache);
        _other = await StartAsync(new TestCache(_server));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _other.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Reads_are_answered_by_the_cache_and_writes_are_one_statement()
    {
        var id = (await _app.GetAsync("/count")).Id!;
        Assert.Equal("INSERT", _statements.Take());

        Assert.Equal("1", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal("1", (await _other.GetAsync("/read-async", id)).Body);
        Assert.Equal("", _statements.Take());

        await _app.GetAsync("/count", id);
        Assert.Equal("UPDATE", _statements.Take());

        Assert.Equal("2", (await _other.GetAsync("/read", id)).Body);
        await _app.GetAsync("/untouched", id);
        Assert.Equal("", _statements.Take());

        _server.Entries.Clear();
        Assert.Equal("2", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal("SELECT", _statements.Take());
        Assert.Equal("2", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal("", _statements.Take());

        var newId = (await _app.GetAsync("/sign-in", id)).Id!;
        Assert.Equal("DELETE INSERT INSERT", _statements.Take());
        Assert.Equal("2", (await _other.GetAsync("/read", newId)).Body);
        Assert.Equal("", _statements.Take());

        await _app.GetAsync("/flush", newId);
        Assert.Equal("DELETE", _statements.Take());
    }

    [Fact]
    public async Task What_ends_in_one_application_ends_in_the_other_at_once()
    {
        var id = (await _app.GetAsync("/count")).Id!;
        Assert.Equal("1", (await _other.GetAsync("/read", id)).Body);

        var newId = (await _app.GetAsync("/sign-in", id)).Id!;
        Assert.Equal("0", (await _other.GetAsync("/read", id)).Body);
        Assert.Equal("1", (await _other.GetAsync("/read", newId)).Body);

        await _other.GetAsync("/flush", newId);
        Assert.Equal("0", (await _app.GetAsync("/read", newId)).Body);
        Assert.Equal("0", (await _app.GetAsync("/read-async", newId)).Body);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_cache_that_throws_or_hangs_every_request_succeeds_and_one_warning_is_logged(bool hangs)
    {
        var id = (await _app.GetAsync("/count")).Id!;
        _cache.Before = _ => hangs ? new TaskCompletionSource().Task : throw new IOException("The cache is down.");

        var first = _app.GetAsync("/read-async", id);
        while (!first.IsCompleted)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            _app.Time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal((200, "1"), ((await first).Status, (await first).Body));
        Assert.Equal(200, (await _app.GetAsync("/count", id)).Status);
        Assert.Equal("2", (await _app.GetAsync("/read", id)).Body);
        var newId = (await _app.GetAsync("/sign-in", id)).Id!;
        Assert.Equal("2", (await _app.GetAsync("/read", newId)).Body);
        Assert.Equal("0", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(200, (await _app.GetAsync("/flush", newId)).Status);
        Assert.Equal("0", (await _app.GetAsync("/read", newId)).Body);
        var record = Assert.Single(_app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
        Assert.Equal(LogLevel.Warning, record.Level);
        Assert.DoesNotContain(id, _app.LogText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cache_holds_no_cookie_value()
    {
        var id = (await _app.GetAsync("/count")).Id!;
        var newId = (await _app.GetAsync("/sign-in", id)).Id!;

        var dump = string.Concat(_server.Entries.Select(entry => entry.Key + System.Text.Encoding.Latin1.GetString(entry.Value.Value)));

        Assert.NotEqual("", dump);
        foreach (var secret in new[] { id, newId })
        {
            for (var start = 0; start + 8 <= secret.Length; start++)
                Assert.DoesNotContain(secret.Substring(start, 8), dump, StringComparison.Ordinal);
        }
    }

    private Task<TestApp> StartAsync(IDistributedCache cache) => TestApp.StartAsync(Map, sessions: sessions =>
    {
        sessions.Services.AddDbContext<ShopContext>(options =>
        {
            _database.Configure(options);
            options.AddInterceptors(_statements);
        });
        sessions.Services.AddSingleton(cache);
        sessions.StoreInCachedDatabase<ShopContext>();
    });

    private static void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "");
        app.MapGet("/read", (HttpContext context) => context.GetSession().Get<int>("count").ToString());
        app.MapGet("/read-async", async (HttpContext context) =>
        {
            await context.GetSession().LoadAsync();
            return context.GetSession().Get<int>("count").ToString();
        });
        app.MapGet("/count", (HttpContext context) => context.GetSession().Set("count", context.GetSession().Get<int>("count") + 1));
        app.MapGet("/sign-in", (HttpContext context) => context.GetSession().CycleId());
        app.MapGet("/flush", (HttpContext context) => context.GetSession().Flush());
    }
}
