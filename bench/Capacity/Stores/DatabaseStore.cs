using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Capacity;

/// <summary>A table, with the provider's own settings: what is committed is on the disk.</summary>
internal abstract class DatabaseStore : CapacityStore
{
    private const int CopiesAtOnce = 10_000;

    private IDbContextFactory<CapacityContext> _contexts = null!;

    public override void AddTo(SessionsBuilder sessions)
    {
        sessions.Services.AddPooledDbContextFactory<CapacityContext>(Configure);
        sessions.StoreInDatabase<CapacityContext>();
    }

    public override async Task PrepareAsync(IServiceProvider services)
    {
        _contexts = services.GetRequiredService<IDbContextFactory<CapacityContext>>();
        await using var context = await _contexts.CreateDbContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    public override async Task CopyAsync(IEnumerable<Copy> copies)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        foreach (var some in copies.Chunk(CopiesAtOnce))
            await context.Database.ExecuteSqlRawAsync(CopyStatement, JsonSerializer.Serialize(some));
    }

    /// <summary>Copies rows, by an array of <see cref="Copy"/> in JSON.</summary>
    protected abstract string CopyStatement { get; }

    protected abstract void Configure(DbContextOptionsBuilder options);

    protected async Task<List<long>> QueryAsync(string query)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        return await context.Database.SqlQueryRaw<long>(query).ToListAsync();
    }

    protected async Task ExecuteAsync(string statement)
    {
        await using var context = await _contexts.CreateDbContextAsync();
        await context.Database.ExecuteSqlRawAsync(statement);
    }
}
