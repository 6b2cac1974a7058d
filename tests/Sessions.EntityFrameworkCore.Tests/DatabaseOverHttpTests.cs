using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sessions.Tests;

/// <summary>The database store behind real requests: statements, damaged rows, values that cannot be read or stored.</summary>
public sealed class DatabaseOverHttpTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();
    private readonly StatementLog _statements = new();
    private TestApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        _app = await TestApp.StartAsync(Map, options => options.MaxPayloadBytes = 10_000, sessions =>
        {
            sessions.Services.AddDbContextPool<ShopContext>(options =>
            {
                _database.Configure(options);
                options.AddInterceptors(_statements);
            });
            sessions.StoreInDatabase<ShopContext>();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Each_request_makes_no_statement_more_than_it_needs()
    {
        var id = (await _app.GetAsync("/count")).Id!;
        Assert.Equal("INSERT", _statements.Take());

        await _app.GetAsync("/read", id);
        Assert.Equal("SELECT", _statements.Take());

        await _app.GetAsync("/count", id);
        Assert.Equal("SELECT UPDATE", _statements.Take());

        await _app.GetAsync("/untouched", id);
        Assert.Equal("", _statements.Take());

        await _app.GetAsync("/sign-in", id);
        Assert.Equal("SELECT DELETE INSERT INSERT", _statements.Take());
    }

    [Fact]
    public async Task The_database_and_the_log_hold_no_cookie_value()
    {
        var first = (await _app.GetAsync("/count")).Id!;
        var second = (await _app.GetAsync("/sign-in", first)).Id!;
        await _app.GetAsync("/count", second);
        await _app.GetAsync("/throw", second);

        await using var context = _database.NewContext();
        await context.Database.ExecuteSqlRawAsync("VACUUM", TestContext.Current.CancellationToken);
        var dump = _app.LogText() + System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_database.Path, TestContext.Current.CancellationToken));

        foreach (var id in new[] { first, second })
        {
            for (var start = 0; start + 8 <= id.Length; start++)
                Assert.DoesNotContain(id.Substring(start, 8), dump, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("UPDATE Sessions SET Data = x''")]
    [InlineData("UPDATE Sessions SET Data = x'00'")]
    [InlineData("UPDATE Sessions SET Data = x'0900000161'")]
    [InlineData("UPDATE Sessions SET Data = randomblob(100)")]
    [InlineData("UPDATE Sessions SET Data = substr(Data, 1, length(Data) - 1)")]
    [InlineData("UPDATE Sessions SET Data = Data || x'00'")]
    public async Task A_damaged_row_is_an_empty_session_and_one_warning(string damage)
    {
        var id = (await _app.GetAsync("/count")).Id!;
        await using var context = _database.NewContext();
        await context.Database.ExecuteSqlRawAsync(damage, TestContext.Current.CancellationToken);

        var read = await _app.GetAsync("/read", id);

        Assert.Equal((200, "0", 0), (read.Status, read.Body, read.SetCookies.Count));
        Assert.Single(_app.Logs.GetSnapshot(), record => record.Level == LogLevel.Warning);
        Assert.Equal(id, (await _app.GetAsync("/count", id)).Id);
        Assert.Equal("1", (await _app.GetAsync("/read", id)).Body);
    }

    [Theory]
    [InlineData("/wrong-type", nameof(SessionValueException), "'count'")]
    [InlineData("/unserialisable", nameof(SessionValueException), "'handler'")]
    [InlineData("/too-large", nameof(SessionTooLargeException), "10000")]
    [InlineData("/reserved", nameof(ArgumentException), "'_count'")]
    public async Task A_value_that_cannot_be_fails_the_request_and_the_record_stays(string path, string error, string named)
    {
        var id = (await _app.GetAsync("/count")).Id!;

        var answer = await _app.GetAsync(path, id);

        Assert.Equal(500, answer.Status);
        Assert.Empty(answer.SetCookies);
        var logged = Assert.Single(_app.Logs.GetSnapshot(), record => record.Exception is not null).Exception!;
        Assert.Equal(error, logged.GetType().Name);
        Assert.Contains(named, logged.Message, StringComparison.Ordinal);
        Assert.Equal("1", (await _app.GetAsync("/read", id)).Body);
        Assert.Equal(id, (await _app.GetAsync("/count", id)).Id);
    }

    [Fact]
    public async Task The_applications_own_changes_are_left_alone()
    {
        await _app.GetAsync("/product");

        await using var context = _database.NewContext();
        Assert.Empty(await context.Products.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Single(await context.Sessions.ToListAsync(TestContext.Current.CancellationToken));
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/untouched", () => "");
        app.MapGet("/read", (HttpContext context) => context.GetSession().Get<int>("count").ToString());
        Map(app, "/count", session => session.Set("count", session.Get<int>("count") + 1));
        Map(app, "/sign-in", session => session.CycleId());
        Map(app, "/throw", _ => throw new InvalidOperationException("The handler failed."));
        Map(app, "/wrong-type", session =>
        {
            session.Set("other", 1);
            session.Get<List<string>>("count");
        });
        Map(app, "/unserialisable", session =>
        {
            session.Set("count", 99);
            session.Set("handler", new Action(() => { }));
        });
        Map(app, "/too-large", session =>
        {
            session.Set("count", 99);
            session.Set("text", new string('x', 10_000));
        });
        Map(app, "/reserved", session =>
        {
            session.Set("count", 99);
            session.Set("_count", 1);
        });
        app.MapGet("/product", (HttpContext context, ShopContext shop) =>
        {
            shop.Products.Add(new Product { Name = "not saved" });
            context.GetSession().Set("count", 1);
        });
    }

    private static void Map(WebApplication app, string path, Action<Session> act) =>
        app.MapGet(path, (HttpContext context) => act(context.GetSession()));
}
