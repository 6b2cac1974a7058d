using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Sessions.Tests;

/// <summary>A process of an application: a store of its own, on a database and a cache that others use too.</summary>
internal sealed class CachedProcess(ISessionStore database, TestCacheServer server, TimeProvider time) : IDisposable
{
    private readonly FakeLogger<CachedSessionStore> _logger = new();
    private CachedSessionStore? _store;

    public TestCache Cache { get; } = new(server);

    public CachedSessionStore Store => _store ??= new CachedSessionStore(database, Cache, time, _logger);

    /// <summary>The levels of what was logged.</summary>
    public IEnumerable<LogLevel> Logged => _logger.Collector.GetSnapshot().Select(record => record.Level);

    public async Task<SessionRecord?> LoadAsync(string id) => await Store.LoadAsync(id, TestContext.Current.CancellationToken);

    public void Dispose() => _store?.Dispose();
}
