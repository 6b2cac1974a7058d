using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sessions.Tests.Http;

/// <summary>Endpoints that each do one thing to the session; <c>?status=</c> sets what they answer.</summary>
internal static class SessionEndpoints
{
    public static void Map(WebApplication app)
    {
        Map(app, "/untouched", _ => { });
        Map(app, "/write", session => session.Set("n", session.Get<int>("n") + 1));
        Map(app, "/write-remove", session =>
        {
            session.Set("n", 1);
            session.Remove("n");
        });
        Map(app, "/clear", session => session.Clear());
        Map(app, "/mark", session => session.Modified = true);
        Map(app, "/cycle", session => session.CycleId());
        Map(app, "/flush", session => session.Flush());
        Map(app, "/flush-write", session =>
        {
            session.Flush();
            session.Set("n", 1);
        });
        app.MapGet("/read", (HttpContext context) =>
            context.GetSession().TryGet<int>("n", out var n) ? n.ToString() : "missing");
        app.MapGet("/throw", string (HttpContext context) =>
        {
            context.GetSession().Set("n", 99);
            throw new InvalidOperationException("The handler failed.");
        });
        app.MapGet("/flush-throw", string (HttpContext context) =>
        {
            context.GetSession().Flush();
            throw new InvalidOperationException("The handler failed.");
        });
    }

    private static void Map(WebApplication app, string path, Action<Session> act) => app.MapGet(path, (HttpContext context, int? status) =>
    {
        if (path != "/untouched")
            act(context.GetSession());
        return Results.StatusCode(status ?? 200);
    });
}
