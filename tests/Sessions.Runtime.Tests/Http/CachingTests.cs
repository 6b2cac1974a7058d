using System.Buffers;
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
