using Microsoft.Extensions.Logging;

namespace Sessions;

/// <content>From the store to what this request reads.</content>
public sealed partial class Session
{
    private bool IsWhollyLoaded => _isLoaded && _entries.IsWhole;

    private string RecordId => _recordId ??= _services.RecordId(StoredId!.Value);

    /// <summary>Loads the session if it is not loaded. Not an access by itself.</summary>
    /// <exception cref="SessionStoreUnavailableException">The store cannot be reached, and the endpoint does not do without.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken = default)
    {
        if (IsWhollyLoaded)
            return;
        try
        {
            Take(await _store.LoadAsync(RecordId, cancellationToken));
        }
        catch (SessionStoreUnavailableException exception) when (_endpoint.ServesEmpty)
        {
            DoWithout(exception);
        }
    }

    /// <summary>Loads what these keys need. Any other key is loaded, with all the rest, when it is touched.</summary>
    internal async ValueTask LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (IsWhollyLoaded)
            return;
        if (_isLoaded)
        {
            if (!keys.All(_entries.Covers))
                await LoadAsync(cancellationToken);
            return;
        }

        try
        {
            Take(await _store.LoadPartAsync(RecordId, keys, cancellationToken));
        }
        catch (SessionStoreUnavailableException exception) when (_endpoint.ServesEmpty)
        {
            DoWithout(exception);
        }
    }

    /// <summary>The session as it was loaded, for a connection that outlives this request.</summary>
    internal Session Snapshot()
    {
        var snapshot = new Session(_services, StoredId, _store, _endpoint) { IsSealed = true, ReadOnlyReason = SessionSnapshot.OfConnection };
        if (_record is not null)
            snapshot.Accept(_record);
        return snapshot;
    }

    private void Access()
    {
        Accessed = true;
        if (!_isLoaded)
            Load();
    }

    private void AccessAll()
    {
        Access();
        if (!_entries.IsWhole)
            Load();
    }

    private void Access(string key)
    {
        Access();
        if (!_entries.Covers(key))
            Load();
    }

    private void Load()
    {
        try
        {
            Take(_store.Load(RecordId));
        }
        catch (SessionStoreUnavailableException exception) when (_endpoint.ServesEmpty)
        {
            DoWithout(exception);
        }
    }

    private void Take(SessionRecord? record)
    {
        _services.Telemetry.OnLoaded(record);
        if (_isLoaded)
            Complete(record);
        else
            Accept(record);
    }

    // What is not loaded by now is missing to this request. The session may well exist: its id and its cookie stay.
    private void DoWithout(SessionStoreUnavailableException outage)
    {
        _outage = outage;
        if (_isLoaded)
            _entries.Complete(default(SessionPayload));
        _isLoaded = true;
        LogServedEmpty(_services.Logger, outage);
    }

    private void Accept(SessionRecord? record)
    {
        _isLoaded = true;
        if (record is { IsRetired: false } && IsLive(record))
        {
            if (TryTake(record, out var payload))
                _entries.Load(record, payload);
            else
                _entries = SessionEntries.Unreadable();
            return;
        }

        IsRetired = record is { IsRetired: true };
        IsUnknown = !IsRetired;
        ForgetRecord();
    }

    // A session that has ended since is to this request what it was when it was loaded: what was not read of it is missing, and a save
    // will be interrupted.
    private void Complete(SessionRecord? record)
    {
        if (record is { IsRetired: false } && IsLive(record))
            _entries.Complete(TryTake(record, out var payload) ? payload : null);
        else
            _entries.Complete(default(SessionPayload));
    }

    /// <summary>Makes the record this session's own. False when its payload, or a value in it, cannot be read.</summary>
    private bool TryTake(SessionRecord record, out SessionPayload payload)
    {
        _record = record;
        if (IsReadable(record, out payload))
        {
            _expiry = payload.Expiry;
            return true;
        }

        if (record.TryRead(out _))
            LogForeign(_services.Logger, StoredId.GetValueOrDefault());
        else
            LogUnreadable(_services.Logger, StoredId.GetValueOrDefault());
        return false;
    }

    private bool IsReadable(SessionRecord record, out SessionPayload payload) =>
        record.TryRead(out payload) && _services.Serializer.CanRead(payload);

    // Stores answer for the expiry they stored; a ceiling that the application lowered since is checked here.
    private bool IsLive(SessionRecord record)
    {
        var now = _services.Time.GetUtcNow();
        return record.ExpiresAt > now && (_services.Lifetime.EndOfLife(record.CreatedAt) is not { } end || end > now);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message =
        "The stored data of session {SessionId} is damaged or of an unknown version; the session is treated as empty.")]
    private static partial void LogUnreadable(ILogger logger, SessionId sessionId);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message =
        "Session {SessionId} holds values of a serializer that is not configured; it is treated as empty. Add it to TypedSessionOptions.FormerSerializers to read them.")]
    private static partial void LogForeign(ILogger logger, SessionId sessionId);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message =
        "The session store cannot be reached; the request is served with an empty session that cannot be written.")]
    private static partial void LogServedEmpty(ILogger logger, Exception exception);
}
