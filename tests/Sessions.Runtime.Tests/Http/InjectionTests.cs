using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>Which session a scope of services gives.</summary>
public sealed class InjectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_scope_of_a_request_gives_its_session_whoever_makes_it(bool isMadeBefore)
    {
        await using var app = await TestApp.StartAsync(
            static app => app.MapGet("/", Count),
            outside: app => app.Use(next => context =>
            {
                _ = isMadeBefore ? context.RequestServices : null;
                return next(context);
            }));

        var first = await app.GetAsync("/");

        Assert.Equal("1", first.Body);
        Assert.Equal("2", (await app.GetAsync("/", first.Id)).Body);
    }

    [Fact]
    public async Task Services_that_a_middleware_replaces_give_it_too()
    {
        await using var app = await TestApp.StartAsync(static app =>
        {
            app.Use(async (context, next) =>
            {
                await using var scope = app.Services.CreateAsyncScope();
                context.RequestServices = scope.ServiceProvider;
                await next(context);
            });
            app.Run(context => context.Response.WriteAsync(Count(context.RequestServices.GetRequiredService<Session>())));
        });

        Assert.Equal("1", (await app.GetAsync("/")).Body);
    }

    [Fact]
    public async Task A_scope_of_ones_own_finds_it_by_the_context_accessor()
    {
        static string CountInScope(IServiceProvider services)
        {
            using var scope = services.CreateScope();
            return Count(scope.ServiceProvider.GetRequiredService<Session>());
        }

        await using var with = await TestApp.StartAsync(
            static app => app.MapGet("/", CountInScope), services: static services => services.AddHttpContextAccessor());
        await using var without = await TestApp.StartAsync(static app => app.MapGet("/", (IServiceProvider services) =>
            Assert.Throws<InvalidOperationException>(() => CountInScope(services)).Message));

        Assert.Equal("1", (await with.GetAsync("/")).Body);
        Assert.Matches("AddHttpContextAccessor", (await without.GetAsync("/")).Body);
    }

    [Fact]
    public async Task A_request_that_asks_for_no_service_makes_no_scope_and_keeps_no_flow()
    {
        await using var app = await TestApp.StartAsync(
            static app => app.Run(static context => context.Response.WriteAsync(Count(context.GetSession()))),
            outside: static app => app.Use(async (context, next) =>
            {
                await next(context);
                Assert.Null(context.Features.Get<IServiceProvidersFeature>());
            }));

        Assert.Equal("1", (await app.GetAsync("/")).Body);
        Assert.Null(app.Services.GetService<IHttpContextAccessor>());   // with it, the server makes a new context for each request
    }

    private static string Count(Session session)
    {
        var count = session.Get<int>("count", 0) + 1;
        session.Set("count", count);
        return $"{count}";
    }
}
