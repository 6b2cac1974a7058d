namespace Sessions;

/// <summary>Sessions outside a request: in background work, in tests, in administration. A singleton service.</summary>
public sealed class SessionManager
{
    private readonly SessionServices _services;

    internal SessionManager(SessionServices services) => _services = services;

    /// <summary>Begins a session. It is stored, and gets its id, when it is saved with at least one entry.</summary>
    public Session Create() => new(_services, id: null);

    /// <summary>Opens and loads a session.</summary>
    /// <returns>Null when the id is unknown, expired or rotated away.</returns>
    public async ValueTask<Session?> OpenAsync(SessionId id, CancellationToken cancellationToken = default)
    {
        var session = new Session(_services, id);
        await session.LoadAsync(cancellationToken);
        return session.IsNew ? null : session;
    }

    /// <summary>Whether there is a live session with this id.</summary>
    public async ValueTask<bool> ExistsAsync(SessionId id, CancellationToken cancellationToken = default) =>
        await _services.Store.ExistsAsync(_services.RecordId(id), cancellationToken)
        && (_services.Lifetime.AbsoluteTimeout is null || await OpenAsync(id, cancellationToken) is not null);   // it may have been lowered since

    /// <summary>Ends a session. An unknown id is no error.</summary>
    public async ValueTask DeleteAsync(SessionId id, CancellationToken cancellationToken = default)
    {
        if (await _services.Store.DeleteAsync(_services.RecordId(id), cancellationToken) == SessionStoreOutcome.Done)
            _services.Telemetry.OnSave(SessionTelemetry.Deleted);
    }

    /// <summary>Removes what has expired, in batches. A call that was stopped half-way can be repeated.</summary>
    /// <param name="progress">Told the number removed so far; may be null.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>The number of records removed.</returns>
    public async ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var removed = await _services.Store.ClearExpiredAsync(progress, cancellationToken);
        _services.Telemetry.OnCleared(removed);
        return removed;
    }
}
