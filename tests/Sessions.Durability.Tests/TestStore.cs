using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Tests;

/// <summary>A store in a place that other processes can open too.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string? _directory;
    private readonly ServiceProvider _services;

    private TestStore(string kind, string place, string? directory)
    {
        (Kind, Place, _directory) = (kind, place, directory);
        _services = WorkerStore.Open(kind, place);
    }

    public string Kind { get; }

    public string Place { get; }

    public SessionManager Manager => _services.GetRequiredService<SessionManager>();

    public static async Task<TestStore> CreateAsync(string kind, SharedPostgres postgres, SharedRedis redis)
    {
        var directory = kind is "postgres" or "redis" ? null : Directory.CreateTempSubdirectory("sessions-").FullName;
        var place = kind switch
        {
            "postgres" => await postgres.CreateDatabaseAsync(),
            "redis" => await redis.ConnectionStringAsync(),
            "sqlite" => Path.Combine(directory!, "sessions.db"),
            _ => Path.Combine(directory!, "sessions"),
        };
        var store = new TestStore(kind, place, directory);
        if (kind is "sqlite" or "postgres")
        {
            await using var scope = store._services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WorkerContext>().Database.EnsureCreatedAsync();
        }

        return store;
    }

    public async Task<Session> NewSessionAsync()
    {
        var session = Manager.Create();
        NumberedSave.Set(session, 0);
        await session.SaveAsync(TestContext.Current.CancellationToken);
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_directory is not null)
            Directory.Delete(_directory, recursive: true);
    }
}
