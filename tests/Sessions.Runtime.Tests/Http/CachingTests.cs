using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>A shared cache in front never hands one visitor's page to another.</summary>
public sealed class CachingTests
{
    [Fact]
    public async Task A_page_that_sets_the_cookie_is_not_cached_and_one_that_reads_is_cached_by_cookie()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapGet("/write/{name}", (HttpContext context, string name) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=600";
                    context.GetSession().Set("name", name);
                    return name;
                });
                app.MapGet("/read", (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=600";
                    return context.GetSession().Get("name", "nobody");
                });
            },
            services: services => services.AddResponseCaching(),
            outside: outside => outside.UseResponseCaching());

        var ada = (await app.GetAsync("/write/ada")).Id!;
        Assert.NotEqual(ada, (await app.GetAsync("/write/ada")).Id);
        var bob = (await app.GetAsync("/write/bob")).Id!;

        Assert.Equal("ada", (await app.GetAsync("/read", ada)).Body);
        Assert.Equal("bob", (await app.GetAsync("/read", bob)).Body);
        Assert.Equal("nobody", (await app.GetAsync("/read")).Body);
        Assert.Equal("ada", (await app.GetAsync("/read", ada)).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_caching_sees_what_an_answer_varies_by_before_a_synchronous_body_too(bool synchronous)
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", async (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=600";
                context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
                var name = Encoding.UTF8.GetBytes(context.GetSession().Get("name", "nobody"));
                if (context.Request.Query["name"] is [{ } given])
                    context.GetSession().Set("name", given);
                if (synchronous)
                    context.Response.Body.Write(name);
                else
                    await context.Response.Body.WriteAsync(name);
            }),
            services: services => services.AddResponseCaching(),
            outside: outside => outside.UseResponseCaching());

        var ada = (await app.GetAsync("/?name=ada")).Id!;
        Assert.NotEqual(ada, (await app.GetAsync("/?name=ada")).Id);
        Assert.Equal("ada", (await app.GetAsync("/", ada)).Body);
        Assert.Equal("nobody", (await app.GetAsync("/")).Body);
    }

    [Fact]
    public async Task The_output_cache_keeps_no_page_that_used_the_session_unless_it_varies_by_cookie()
    {
        var served = 0;
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapGet("/write/{name}", (HttpContext context, string name) => context.GetSession().Set("name", name)).CacheOutput();
                app.MapGet("/read", Read).CacheOutput();
                app.MapGet("/by-cookie", Read).CacheOutput(policy => policy.SetVaryByHeader("cookie"));
                app.MapGet("/public", () => ++served).CacheOutput();

                string Read(HttpContext context) => $"{context.GetSession().Get("name", "nobody")} {++served}";
            },
            services: services => services.AddOutputCache(),
            outside: outside => outside.UseRouting().UseOutputCache());
        var ada = (await app.GetAsync("/write/ada")).Id!;
        Assert.NotEqual(ada, (await app.GetAsync("/write/ada")).Id);

        Assert.Equal("ada 1", (await app.GetAsync("/read", ada)).Body);
        Assert.Equal("nobody 2", (await app.GetAsync("/read")).Body);
        Assert.Equal("ada 3", (await app.GetAsync("/by-cookie", ada)).Body);
        Assert.Equal("ada 3", (await app.GetAsync("/by-cookie", ada)).Body);
        Assert.Equal("nobody 4", (await app.GetAsync("/by-cookie")).Body);
        Assert.Equal("5", (await app.GetAsync("/public", ada)).Body);
        Assert.Equal("5", (await app.GetAsync("/public")).Body);
    }

    [Theory]
    [InlineData("/read")]
    [InlineData("/write")]
    public async Task A_request_that_waits_for_the_output_cache_is_not_handed_another_visitors_page(string path)
    {
        var gate = new Gate(1);
        var before = new Gate(2);
        before.Open();
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapGet("/start/{name}", (HttpContext context, string name) => context.GetSession().Set("name", name));
                app.MapGet("/read", async (HttpContext context) =>
                {
                    await gate.PassAsync();
                    return context.GetSession().Get<string>("name");
                }).CacheOutput();
                app.MapGet("/write", async (HttpContext context) =>
                {
                    await gate.PassAsync();
                    context.GetSession().Set("seen", true);
                    return context.GetSession().Get<string>("name");
                }).CacheOutput();
            },
            services: services => services.AddOutputCache(),
            outside: outside => outside.UseRouting().Use(async (context, next) =>
            {
                if (context.Request.Path == path)
                    await before.PassAsync();
                await next(context);
            }).UseOutputCache());
        var ada = (await app.GetAsync("/start/ada")).Id!;
        var bob = (await app.GetAsync("/start/bob")).Id!;

        var first = app.GetAsync(path, ada);
        await gate.Arrived;
        var second = app.GetAsync(path, bob);
        await before.Arrived;
        gate.Open();

        Assert.Equal("ada", (await first).Body);
        Assert.Equal("bob", (await second).Body);
        Assert.True((await second).Id is null || (await second).Id == bob);
    }

    [Theory]
    [InlineData("public, max-age=600")]
    [InlineData("private")]
    public async Task An_answer_that_sets_the_cookie_forbids_caching_whatever_the_application_allowed(string allowed)
    {
        await using var app = await TestApp.StartAsync(app => app.MapGet("/{what}", (HttpContext context, string what) =>
        {
            context.Response.Headers.CacheControl = allowed;
            if (what == "write")
                context.GetSession().Set("n", 1);
            else if (what == "read")
                context.GetSession().Get<int>("n");
        }));

        Assert.Equal("no-store, no-cache", (await app.GetAsync("/write")).CacheControl);
        Assert.Equal("no-store, no-cache", (await app.GetAsync("/read", SessionId.New().Secret)).CacheControl);
        Assert.Equal(allowed, (await app.GetAsync("/read")).CacheControl);
        Assert.Equal(allowed, (await app.GetAsync("/nothing")).CacheControl);
    }

    [Fact]
    public async Task Compression_in_front_adds_to_what_the_answer_varies_by()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", (HttpContext context) =>
            {
                context.GetSession().Set("n", 1);
                return new string('x', 5000);
            }),
            services: services => services.AddResponseCompression(),
            outside: outside => outside.UseResponseCompression());

        var answer = await app.SendAsync(HttpMethod.Get, "/", null, ("Accept-Encoding", "gzip"));

        Assert.Equal(["Accept-Encoding", "Cookie"], answer.Vary!.Split(", ").Order());
        Assert.True(answer.Body.Length < 5000);
        Assert.NotNull(answer.Id);
    }

    [Fact]
    public async Task What_is_written_to_the_writer_and_the_stream_comes_in_order_under_compression_too()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", async (HttpContext context) =>
            {
                context.GetSession().Set("n", 1);
                context.Response.ContentType = "text/plain";
                context.Response.BodyWriter.Write("one "u8);
                await context.Response.Body.WriteAsync("two "u8.ToArray());
                context.Response.BodyWriter.Write("three "u8);
                await context.Response.WriteAsync("four ");
                context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
                context.Response.BodyWriter.Write("five "u8);
                context.Response.Body.Write("six"u8);
            }),
            services: services => services.AddResponseCompression(),
            outside: outside => outside.UseResponseCompression());

        var answer = await app.GetAsync("/");

        Assert.Equal("one two three four five six", answer.Body);
        Assert.NotNull(answer.Id);
    }
}
