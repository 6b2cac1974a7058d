using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>
/// Keeps a session a row. A save compares and swaps the row's version: when another request was faster, the delta is merged into what
/// that one stored and tried again.
/// </summary>
internal sealed class DatabaseSessionStore<TContext, TSession>(IServiceProvider services, Action<Session, TSession>? fill) : IListableSessionStore
    where TContext : DbContext
    where TSession : SessionEntity, new()
{
    private const int MaxAttempts = 100;
    private const int MaxFailures = 5;
    private const int BatchSize = 1000;
    private const int PageSize = 100;

    // Where the whole database has one lock and no queue for it, as SQLite has, writers must find it free now and then.
    private static readonly TimeSpan BatchPause = TimeSpan.FromMilliseconds(10);

    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();

    // Taken when first needed: the services of sessions need the store.
    private readonly Lazy<SessionServices> _sessions = new(services.GetRequiredService<SessionServices>);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    public SessionRecord? Load(string id)
    {
        using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return database.Load(id, Now);
    }

    public async ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return await database.LoadAsync(id, Now, cancellationToken);
    }

    public async ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return await database.TryInsertAsync(NewRow(id, record), cancellationToken);
    }

    public async ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return await MergeAsync(database, id, delta, SaveOnceAsync, cancellationToken);

        async Task<SessionStoreResult?> SaveOnceAsync(SessionRecord current)
        {
            var saved = delta.Apply(current);
            var isSaved = fill is null
                ? await database.UpdateAsync(id, current.Version, saved, Now, cancellationToken)
                : await database.UpdateAsync(id, current.Version, row => Write(row, saved), Now, cancellationToken);
            return isSaved ? new SessionStoreResult(SessionStoreOutcome.Done, saved) : null;
        }
    }

    public async ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        var outcome = await database.RenewAsync(id, version, expiresAt.UtcDateTime, Now, cancellationToken)
            ? SessionStoreOutcome.Done
            : await FindAsync(database, id, cancellationToken);
        return new SessionStoreResult(outcome);
    }

    public async ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delta);
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return await MergeAsync(database, id, delta, RotateOnceAsync, cancellationToken);

        async Task<SessionStoreResult?> RotateOnceAsync(SessionRecord current)
        {
            if (newId == id)
                return new SessionStoreResult(SessionStoreOutcome.IdTaken);
            var rotated = delta.Apply(current);
            if (await RotatedRowAsync(current.Version, rotated) is not { } row)
                return null;
            var outcome = await database.ReplaceAsync(
                id, current.Version, row, NewRow(id, SessionRecord.Retired(delta.Now)), Now, cancellationToken);
            return outcome switch
            {
                SessionStoreOutcome.Done => new SessionStoreResult(SessionStoreOutcome.Done, rotated),
                SessionStoreOutcome.IdTaken => new SessionStoreResult(SessionStoreOutcome.IdTaken),
                _ => null,
            };
        }

        // Columns of the application's own go along, also those that fill does not set. Null when another save was faster.
        async Task<TSession?> RotatedRowAsync(long version, SessionRecord rotated)
        {
            if (typeof(TSession) == typeof(SessionEntity))
                return NewRow(newId, rotated);
            var row = await database.FindAsync(id, version, Now, cancellationToken);
            if (row is not null)
            {
                row.Id = newId;
                Write(row, rotated);
            }

            return row;
        }
    }

    public async ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return await database.DeleteAsync(id, Now, cancellationToken)
            ? SessionStoreOutcome.Done
            : await FindAsync(database, id, cancellationToken);
    }

    public async ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        return await database.ExistsAsync(id, Now, cancellationToken);
    }

    public async ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var database = new SessionDatabase<TContext, TSession>(_scopes);
        var (from, until) = (new DateTime(0, DateTimeKind.Utc), Now);
        var total = 0L;
        var failures = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // Others may be clearing too, so the end is where the index ends, not where a statement removed less than a batch. Each
                // batch begins where the last one ended: before that the index may be full of rows that are gone.
                var end = await database.FindBatchEndAsync(from, until, BatchSize, cancellationToken);
                total += end is null
                    ? await database.DeleteExpiredAsync(from, until, cancellationToken)
                    : await database.DeleteExpiredAsync(from, end, cancellationToken);
                progress?.Report(total);
                if (end is null)
                    return total;
                (from, failures) = (end.ExpiresAt, 0);
                await Task.Delay(BatchPause, cancellationToken);
            }
            catch (Exception exception) when (exception.GetBaseException() is DbException { IsTransient: true } && ++failures < MaxFailures)
            {
                // Two cleaners may deadlock; the database ends one of them, and nothing of its batch was removed.
            }
        }
    }

    public async IAsyncEnumerable<KeyValuePair<string, SessionRecord>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<KeyValuePair<string, SessionRecord>> page;
        for (var lastId = ""; ; lastId = page[^1].Key)
        {
            // No connection is held while the caller looks at a page.
            await using (var database = new SessionDatabase<TContext, TSession>(_scopes))
                page = await database.ListAsync(lastId, PageSize, cancellationToken);
            foreach (var record in page)
                yield return record;
            if (page.Count < PageSize)
                yield break;
        }
    }

    /// <summary>Tries a conditional write on the record that the request read, then on newer ones, until it takes effect.</summary>
    private async Task<SessionStoreResult> MergeAsync(
        SessionDatabase<TContext, TSession> database,
        string id,
        SessionDelta delta,
        Func<SessionRecord, Task<SessionStoreResult?>> tryOnce,
        CancellationToken cancellationToken)
    {
        var current = delta.Base;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            current = attempt == 0 && current is not null ? current : await database.LoadAsync(id, Now, cancellationToken);
            if (SessionRecord.OutcomeOf(current) is var outcome and not SessionStoreOutcome.Done)
                return new SessionStoreResult(outcome);
            try
            {
                if (await tryOnce(current!) is { } result)
                    return result;
            }
            catch (Exception exception) when (IsContention(exception) && attempt < MaxAttempts - 1)
            {
                // The database ended this statement in favour of another one: nothing of it took effect.
            }
        }

        throw new SessionStoreException($"A session was saved {MaxAttempts} times by other requests while this one tried to; it gives up.");
    }

    // serialization_failure and deadlock_detected of the SQL standard and PostgreSQL; other providers answer that no row was changed.
    private static bool IsContention(Exception exception) => exception.GetBaseException() is DbException { SqlState: "40001" or "40P01" };

    private async Task<SessionStoreOutcome> FindAsync(SessionDatabase<TContext, TSession> database, string id, CancellationToken cancellationToken) =>
        SessionRecord.OutcomeOf(await database.LoadAsync(id, Now, cancellationToken));

    private TSession NewRow(string id, SessionRecord record)
    {
        var row = new TSession { Id = id, CreatedAt = record.CreatedAt.UtcDateTime };
        Write(row, record);
        return row;
    }

    private void Write(TSession row, SessionRecord record)
    {
        row.Data = record.ToArray();
        row.Version = record.Version;
        row.ExpiresAt = record.ExpiresAt.UtcDateTime;
        if (fill is not null && !record.IsRetired)
            fill(Session.View(_sessions.Value, record), row);
    }
}
