using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sessions;

/// <summary>The compiled reads of one model.</summary>
internal sealed class SessionQueries<TContext, TSession>
    where TContext : DbContext
    where TSession : SessionEntity
{
    public SessionQueries(IModel model)
    {
        if (model.FindEntityType(typeof(TSession)) is null)
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} has no table for {typeof(TSession).Name}: call modelBuilder.AddSessions<{typeof(TSession).Name}>() in OnModelCreating.");
        }
    }

    public Func<TContext, string, DateTime, SessionRecord?> Load { get; } = EF.CompileQuery(
        (TContext context, string id, DateTime now) => context.Set<TSession>().AsNoTracking()
            .Where(row => row.Id == id && row.ExpiresAt > now)
            .Select(row => ToRecord(row.Data, row.Version, row.CreatedAt, row.ExpiresAt))
            .FirstOrDefault());

    public Func<TContext, string, DateTime, CancellationToken, Task<SessionRecord?>> LoadAsync { get; } = EF.CompileAsyncQuery(
        (TContext context, string id, DateTime now, CancellationToken cancellationToken) => context.Set<TSession>().AsNoTracking()
            .Where(row => row.Id == id && row.ExpiresAt > now)
            .Select(row => ToRecord(row.Data, row.Version, row.CreatedAt, row.ExpiresAt))
            .FirstOrDefault());

    public Func<TContext, string, DateTime, CancellationToken, Task<bool>> ExistsAsync { get; } = EF.CompileAsyncQuery(
        (TContext context, string id, DateTime now, CancellationToken cancellationToken) => context.Set<TSession>()
            .Any(row => row.Id == id && row.Version > SessionRecord.RetiredVersion && row.ExpiresAt > now));

    public static SessionRecord ToRecord(byte[] data, long version, DateTime createdAt, DateTime expiresAt) =>
        new() { Payload = data, Version = version, CreatedAt = createdAt, ExpiresAt = expiresAt };
}
