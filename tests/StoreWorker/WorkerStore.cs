using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>A store that several processes open: by a kind, and a place of that kind.</summary>
internal static class WorkerStore
{
    public static ServiceProvider Open(string kind, string place)
    {
        var services = new ServiceCollection();
        var sessions = services.AddTypedSessions();
        switch (kind)
        {
            case "files":
                sessions.StoreInFiles(place);
                break;
            case "sqlite":
                services.AddDbContextPool<WorkerContext>(options => options.UseSqlite($"Data Source={place}").AddInterceptors(new FastSqlite()));
                sessions.StoreInDatabase<WorkerContext>();
                break;
            case "postgres":
                services.AddDbContextPool<WorkerContext>(options => options.UseNpgsql(place));
                sessions.StoreInDatabase<WorkerContext>();
                break;
            case "redis":
                sessions.StoreInRedis(place);
                break;
            default:
                throw new ArgumentException($"Unknown store '{kind}': files, sqlite, postgres or redis.", nameof(kind));
        }

        return services.BuildServiceProvider();
    }
}
