using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests.Http;

/// <summary>What handlers do to a session that begins with <c>n</c> and <c>xs</c>; <c>?status=</c> sets what they answer.</summary>
internal static class ObservationEndpoints
{
    private static readonly Dictionary<string, Func<HttpContext, Task>> Acts = new()
    {
        ["untouched"] = _ => Task.CompletedTask,
#pragma warning disable SES0302 // what it warns of is done
        ["unregister"] = Act(context => context.Features.Set<ISessionFeature>(null)),
#pragma warning restore SES0302
        ["start"] = On(session => session.Update([new("n", 1), new("xs", new List<int> { 1 })])),
        ["read"] = On(session => session.Get<int>("n")),
        ["write"] = On(session => session.Set("n", session.Get<int>("n") + 1)),
        ["nested"] = On(session => session.Get<List<int>>("xs")!.Add(2)),
        ["remove-all"] = On(session =>
        {
            session.Remove("n");
            session.Remove("xs");
        }),
        ["write-remove"] = On(session =>
        {
            session.Set("n", 1);
            session.Remove("n");
        }),
        ["clear"] = On(session => session.Clear()),
        ["mark"] = On(session => session.Modified = true),
        ["cycle"] = On(session => session.CycleId()),
        ["flush"] = On(session => session.Flush()),
        ["flush-write"] = On(session =>
        {
            session.Flush();
            session.Set("n", 1);
        }),
        ["delete"] = DeleteAsync,
        ["delete-write"] = async context =>
        {
            await DeleteAsync(context);
            context.GetSession().Set("n", 1);
        },
        ["read-delete"] = async context =>
        {
            await context.GetSession().LoadAsync();
            await DeleteAsync(context);
            context.GetSession().Get<int>("n");
        },
        ["load-delete-write"] = async context =>
        {
            await context.GetSession().LoadAsync();
            await DeleteAsync(context);
            context.GetSession().Set("n", 9);
        },
        ["expire-after"] = Act(context =>
        {
            context.GetSession().Set("n", 1);
            context.GetSession().SetExpiry(TimeSpan.FromSeconds(double.Parse(context.Request.Query["seconds"]!, null)));
        }),
        ["expire-at"] = Act(context =>
        {
            context.GetSession().Set("n", 1);
            context.GetSession().SetExpiry(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()
                .AddSeconds(double.Parse(context.Request.Query["seconds"]!, null)));
        }),
        ["expire-with-browser"] = On(session =>
        {
            session.Set("n", 1);
            session.SetExpiryAtBrowserClose();
        }),
        ["reset-expiry"] = On(session => session.ResetExpiry()),
        ["vary"] = Act(context =>
        {
            context.Response.Headers.Vary = context.Request.Query["by"];
            context.GetSession().Set("n", 1);
        }),
        ["other-cookie"] = Act(context =>
        {
            context.Response.Cookies.Append("other", "1");
            context.GetSession().Set("n", 1);
        }),
        ["unstorable"] = On(session => session.Set("f", (Action)(() => { }))),
        ["throw"] = On(session =>
        {
            session.Set("n", 9);
            throw new InvalidOperationException("The handler failed.");
        }),
        ["flush-throw"] = On(session =>
        {
            session.Flush();
            throw new InvalidOperationException("The handler failed.");
        }),
    };

    public static void Map(WebApplication app)
    {
        app.MapGet("/{act}", async (HttpContext context, string act, int? status) =>
        {
            await Acts[act](context);
            return Results.StatusCode(status ?? 200);
        });
        app.MapGet("/all", (HttpContext context) => string.Join(' ', context.GetSession().Items
            .Select(item => $"{item.Key}:{(item.Value is List<object?> list ? list.Count : item.Value)}").Order()));
        app.MapGet("/late-write", async (HttpContext context) =>
        {
            context.GetSession().Get<int>("n");
            await context.Response.WriteAsync("started");
            context.GetSession().Set("n", 2);
        });
    }

    private static Func<HttpContext, Task> On(Action<Session> act) => Act(context => act(context.GetSession()));

    private static Func<HttpContext, Task> Act(Action<HttpContext> act) => context =>
    {
        act(context);
        return Task.CompletedTask;
    };

    private static Task DeleteAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<SessionManager>().DeleteAsync(context.GetSession().Id!.Value).AsTask();
}
