using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary><c>HttpContext.Session</c>, and what is built on it, over the same session.</summary>
public sealed class CompatibleSessionTests : IAsyncLifetime
{
    private TestApp _app = null!;
    private readonly CookieJar _jar = new();

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(MapAll, services: services =>
        services.AddControllersWithViews().AddSessionStateTempDataProvider().AddApplicationPart(typeof(CompatibleSessionTests).Assembly));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Values_of_its_extensions_live_across_requests()
    {
        await GetAsync("/set");

        Assert.Equal("Ada 7 0102ff", await GetAsync("/get"));
        Assert.Equal("name,number,bytes,_framework", await GetAsync("/keys"));
    }

    [Fact]
    public async Task A_value_written_one_way_is_read_the_other()
    {
        await GetAsync("/set");
        Assert.Equal("Ada 7 0102FF", await GetAsync("/typed-get"));

        await GetAsync("/typed-set");
        Assert.Equal("Grace 8 [1,2]", await GetAsync("/bytes-get"));
    }

    [Fact]
    public async Task Bytes_have_no_type_beyond_text_and_number()
    {
        await GetAsync("/set-json");

        Assert.Equal("{\"tea\":2} SessionValueException SessionValueException", await GetAsync("/typed-get-json"));
    }

    [Fact]
    public async Task What_is_neither_text_nor_number_reads_as_its_JSON()
    {
        await GetAsync("/typed-set-others");

        Assert.Equal("true AQI= 00000000-0000-0000-0000-000000000000 [1,2] 5000000000", await GetAsync("/get-others"));
    }

    [Fact]
    public async Task What_the_framework_keeps_is_invisible_to_the_dictionary()
    {
        await GetAsync("/set");

        Assert.Equal("name,number,bytes", await GetAsync("/typed-keys"));
        Assert.Equal("name,number,bytes,_framework", await GetAsync("/keys"));
    }

    [Fact]
    public async Task Removing_and_clearing_take_effect()
    {
        await GetAsync("/set");

        await GetAsync("/remove/name");
        await GetAsync("/remove/_framework");
        Assert.Equal("number,bytes", await GetAsync("/keys"));
        await GetAsync("/clear");
        Assert.Equal("", await GetAsync("/keys"));
        Assert.Equal(["sessionid"], _jar.Names);
    }

    [Fact]
    public async Task The_id_is_stable_and_not_the_secret()
    {
        await GetAsync("/set");
        var id = await GetAsync("/id");

        Assert.Equal(id, await GetAsync("/id"));
        Assert.Equal(32, id.Length);
        Assert.NotEqual(id, _jar["sessionid"]);
        Assert.NotEqual(id, (await _app.GetAsync("/id")).Body);
    }

    [Fact]
    public async Task Reading_creates_nothing()
    {
        await GetAsync("/get");
        await GetAsync("/keys");
        await GetAsync("/id");

        Assert.Empty(_jar.Names);
    }

    [Fact]
    public async Task A_commit_saves_at_once()
    {
        await GetAsync("/set");

        Assert.Equal("500", (await _jar.GetAsync(_app, "/commit-then-fail")).Status.ToString());
        Assert.Equal("committed 7 0102ff", await GetAsync("/get"));
    }

    [Fact]
    public async Task TempData_in_the_session_is_there_once()
    {
        await GetAsync("/notes/write");

        Assert.Equal("saved!", await GetAsync("/notes/read"));
        Assert.Equal("", await GetAsync("/notes/read"));
    }

    private async Task<string> GetAsync(string path) => (await _jar.GetAsync(_app, path)).Body;

    private static void MapAll(WebApplication app)
    {
        Map(app);
        app.MapControllerRoute("default", "{controller}/{action}");
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/set", (HttpContext context) =>
        {
            context.Session.SetString("name", "Ada");
            context.Session.SetInt32("number", 7);
            context.Session.Set("bytes", [1, 2, 255]);
            context.Session.SetString("_framework", "its own");
        });
        app.MapGet("/get", (HttpContext context) =>
            $"{context.Session.GetString("name")} {context.Session.GetInt32("number")} {Convert.ToHexStringLower(context.Session.Get("bytes") ?? [])}");
        app.MapGet("/keys", (HttpContext context) => string.Join(',', context.Session.Keys));
        app.MapGet("/typed-keys", (HttpContext context) => string.Join(',', context.GetSession().Keys));
        app.MapGet("/typed-get", (HttpContext context) =>
        {
            var session = context.GetSession();
            return $"{session.Get<string>("name")} {session.Get<int>("number")} {Convert.ToHexString(session.Get<byte[]>("bytes")!)}";
        });
        app.MapGet("/typed-set", (HttpContext context) => context.GetSession().Update([new("name", "Grace"), new("number", 8), new("bytes", new[] { 1, 2 })]));
        app.MapGet("/bytes-get", (HttpContext context) =>
            $"{context.Session.GetString("name")} {context.Session.GetInt32("number")} {Encoding.UTF8.GetString(context.Session.Get("bytes")!)}");
        app.MapGet("/set-json", (HttpContext context) => context.Session.SetString("cart", """{"tea":2}"""));
        app.MapGet("/typed-get-json", (HttpContext context) =>
        {
            var session = context.GetSession();
            var asObject = Record.Exception(() => session.Get<Dictionary<string, int>>("cart"));
            var asBool = Record.Exception(() => session.Get<bool>("cart"));
            return $"{session.Get<string>("cart")} {asObject?.GetType().Name} {asBool?.GetType().Name}";
        });
        app.MapGet("/typed-set-others", (HttpContext context) => context.GetSession().Update(
            [new("bool", true), new("bytes", new byte[] { 1, 2 }), new("guid", Guid.Empty), new("list", new[] { 1, 2 }), new("long", 5_000_000_000L)]));
        app.MapGet("/get-others", (HttpContext context) =>
            string.Join(' ', context.Session.Keys.Select(key => context.Session.GetString(key))));
        app.MapGet("/remove/{key}", (HttpContext context, string key) => context.Session.Remove(key));
        app.MapGet("/clear", (HttpContext context) => context.Session.Clear());
        app.MapGet("/id", (HttpContext context) => context.Session.Id);
        app.MapGet("/commit-then-fail", async (HttpContext context) =>
        {
            context.Session.SetString("name", "committed");
            await context.Session.CommitAsync();
            throw new InvalidOperationException("The handler failed.");
        });
    }
}
