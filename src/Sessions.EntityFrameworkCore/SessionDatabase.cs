using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>The statements of the store, each one call, on a context of its own that lives as long as this.</summary>
internal sealed class SessionDatabase<TContext, TSession> : IDisposable, IAsyncDisposable
    where TContext : DbContext
    where TSession : SessionEntity
{
    // A compiled query belongs to one model: the same context type may serve two databases of different providers.
    private static readonly ConditionalWeakTable<IModel, SessionQueries<TContext, TSession>> Queries = [];

    // Made once: a tree of expressions costs as much as a statement's other preparations.
    private static readonly Expression<Func<TSession, byte[]>> Data = row => row.Data;
    private static readonly Expression<Func<TSession, long>> Version = row => row.Version;
    private static readonly Expression<Func<TSession, DateTime>> ExpiresAt = row => row.ExpiresAt;

    // A transaction of the handler's must neither take the session in nor roll it back; null where there is none.
    private readonly TransactionScope? _outsideTransaction =
        Transaction.Current is null ? null : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

    private readonly AsyncServiceScope _scope;
    private readonly TContext _context;
    private readonly SessionQueries<TContext, TSession> _queries;

    public SessionDatabase(IServiceScopeFactory scopes)
    {
        _scope = scopes.CreateAsyncScope();
        try
        {
            var factory = _scope.ServiceProvider.GetService<IDbContextFactory<TContext>>();
            _context = factory?.CreateDbContext() ?? _scope.ServiceProvider.GetService<TContext>() ?? throw new InvalidOperationException(
                $"StoreInDatabase<{typeof(TContext).Name}> finds no {typeof(TContext).Name}: register it with AddDbContext, AddDbContextFactory or a pool.");
            _queries = Queries.GetValue(_context.Model, static model => new SessionQueries<TContext, TSession>(model));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SessionRecord? Load(string id, DateTime now) => _queries.Load(_context, id, now);

    public Task<SessionRecord?> LoadAsync(string id, DateTime now, CancellationToken cancellationToken) =>
        _queries.LoadAsync(_context, id, now, cancellationToken);

    public Task<bool> ExistsAsync(string id, DateTime now, CancellationToken cancellationToken) =>
        _queries.ExistsAsync(_context, id, now, cancellationToken);

    /// <summary>Inserts a row; false when its id is taken.</summary>
    public async Task<bool> TryInsertAsync(TSession row, CancellationToken cancellationToken)
    {
        try
        {
            _context.Set<TSession>().Add(row);
            await _context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Providers report a duplicate key each in its own way; that the row is there says it for all of them.
            _context.ChangeTracker.Clear();
            if (await RowExistsAsync(row.Id, cancellationToken))
                return false;
            throw;
        }
    }

    public async Task<bool> UpdateAsync(string id, long version, SessionRecord saved, DateTime now, CancellationToken cancellationToken)
    {
        var data = saved.ToArray();
        var expiresAt = saved.ExpiresAt.UtcDateTime;
        return await Live(id, version, now).ExecuteUpdateAsync(
            row => row.SetProperty(Data, data).SetProperty(Version, saved.Version).SetProperty(ExpiresAt, expiresAt),
            cancellationToken) == 1;
    }

    /// <summary>Updates a row with all its columns.</summary>
    public async Task<bool> UpdateAsync(string id, long version, Action<TSession> write, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            if (await Live(id, version, now).AsTracking().FirstOrDefaultAsync(cancellationToken) is not { } row)
                return false;
            write(row);
            await _context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        finally
        {
            _context.ChangeTracker.Clear();
        }
    }

    /// <summary>A row with all its columns, not tracked; null when it is gone or has another version.</summary>
    public Task<TSession?> FindAsync(string id, long version, DateTime now, CancellationToken cancellationToken) =>
        Live(id, version, now).AsNoTracking().FirstOrDefaultAsync(cancellationToken);

    public async Task<bool> RenewAsync(string id, long version, DateTime expiresAt, DateTime now, CancellationToken cancellationToken) =>
        await Live(id, version, now).ExecuteUpdateAsync(row => row.SetProperty(ExpiresAt, expiresAt), cancellationToken) == 1;

    /// <summary>Replaces a row by one with a new id and a tombstone, in one transaction. Missing when the version is no longer the one given.</summary>
    public async Task<SessionStoreOutcome> ReplaceAsync(
        string id, long version, TSession row, TSession tombstone, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            return await _context.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
                ReplaceOnceAsync, token => RowExistsAsync(row.Id, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            _context.ChangeTracker.Clear();
            if (await RowExistsAsync(row.Id, cancellationToken))
                return SessionStoreOutcome.IdTaken;
            throw;
        }

        async Task<SessionStoreOutcome> ReplaceOnceAsync(CancellationToken token)
        {
            _context.ChangeTracker.Clear();
            if (await Live(id, version, now).ExecuteDeleteAsync(token) == 0)
                return SessionStoreOutcome.Missing;
            _context.Set<TSession>().AddRange(row, tombstone);
            await _context.SaveChangesAsync(token);
            return SessionStoreOutcome.Done;
        }
    }

    public async Task<bool> DeleteAsync(string id, DateTime now, CancellationToken cancellationToken) =>
        await Live(id, now).ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>The last row of the first batch that expired between two moments; null when the rest is less than a batch.</summary>
    public Task<ExpiredRow?> FindBatchEndAsync(DateTime from, DateTime until, int batchSize, CancellationToken cancellationToken) =>
        Expired(from, until).OrderBy(row => row.ExpiresAt).ThenBy(row => row.Id)
            .Skip(batchSize - 1).Select(row => new ExpiredRow(row.ExpiresAt, row.Id)).FirstOrDefaultAsync(cancellationToken);

    public Task<int> DeleteExpiredAsync(DateTime from, DateTime until, CancellationToken cancellationToken) =>
        Expired(from, until).ExecuteDeleteAsync(cancellationToken);

#pragma warning disable CA1310 // The database compares, by the order of its index
    public Task<int> DeleteExpiredAsync(DateTime from, ExpiredRow end, CancellationToken cancellationToken) =>
        Expired(from, end.ExpiresAt).Where(row => row.ExpiresAt < end.ExpiresAt || string.Compare(row.Id, end.Id) <= 0)
            .ExecuteDeleteAsync(cancellationToken);

    /// <summary>The records after an id, in the order of their ids.</summary>
    public Task<List<KeyValuePair<string, SessionRecord>>> ListAsync(string afterId, int count, CancellationToken cancellationToken) =>
        Rows.Where(row => string.Compare(row.Id, afterId) > 0).OrderBy(row => row.Id).Take(count)
            .Select(row => new KeyValuePair<string, SessionRecord>(
                row.Id, SessionQueries<TContext, TSession>.ToRecord(row.Data, row.Version, row.CreatedAt, row.ExpiresAt)))
            .ToListAsync(cancellationToken);
#pragma warning restore CA1310

    public void Dispose()
    {
        _context?.Dispose();
        _scope.Dispose();
        _outsideTransaction?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _scope.DisposeAsync();
        _outsideTransaction?.Dispose();
    }

    private IQueryable<TSession> Rows => _context.Set<TSession>().AsNoTracking();

    private IQueryable<TSession> Live(string id, DateTime now) =>
        _context.Set<TSession>().Where(row => row.Id == id && row.Version > SessionRecord.RetiredVersion && row.ExpiresAt > now);

    // One condition: each one costs its own tree.
    private IQueryable<TSession> Live(string id, long version, DateTime now) => _context.Set<TSession>().Where(
        row => row.Id == id && row.Version == version && row.Version > SessionRecord.RetiredVersion && row.ExpiresAt > now);

    private IQueryable<TSession> Expired(DateTime from, DateTime until) => Rows.Where(row => row.ExpiresAt >= from && row.ExpiresAt <= until);

    private Task<bool> RowExistsAsync(string id, CancellationToken cancellationToken) => Rows.AnyAsync(row => row.Id == id, cancellationToken);
}
