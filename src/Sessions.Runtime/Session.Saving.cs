using Microsoft.Extensions.Logging;

namespace Sessions;

/// <content>From the changes of this request to the store.</content>
public sealed partial class Session
{
    private const int MaxIdAttempts = 3;

    // What a retired id wrote is there to fail.
    private bool NeedsSave => _isModified && (StoredId is not null || _entries.Any || IsRetired);

    /// <summary>Saves what was changed. The middleware does it at the end of a request; call it only outside of one.</summary>
    /// <exception cref="SessionInterruptedException">The session was ended, or its id replaced, since it was loaded.</exception>
    /// <exception cref="InvalidOperationException">The session can only be read: its request is over, or has become a connection.</exception>
    public ValueTask SaveAsync(CancellationToken cancellationToken = default)
    {
        if (ReadOnlyReason is not null)
            throw new InvalidOperationException(ReadOnlyReason);
        SettleChangesInPlace();
        Adopt();
        return IsEnded ? DeleteFlushedAsync(cancellationToken)
            : NeedsSave ? CommitAsync(cancellationToken)
            : ValueTask.CompletedTask;
    }

    private async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        var isWithheld = IsWithheld?.Invoke() == true;
        if (isWithheld && (_isRotated || _isFlushed))
            Flush();   // the old id dies, and the client takes no other
        if (_flushedId is not null)
            await DeleteFlushedAsync(cancellationToken);
        if (IsRetired)
            throw Interrupted();
        try
        {
            if (StoredId is not null)
                Take(_isRotated ? await RotateAsync(cancellationToken) : await _store.SaveAsync(RecordId, NewDelta(), cancellationToken));
            if (StoredId is null && _entries.Any)
            {
                if (isWithheld)
                {
                    LogWithheld(_services.Logger);
                    return;
                }

                await CreateAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not SessionInterruptedException)
        {
            _services.Telemetry.OnSave(SessionTelemetry.Failed);
            throw;
        }

        ForgetChanges();
    }

    /// <summary>Applies <see cref="NestedMutations"/> to the values that were changed in place.</summary>
    private void SettleChangesInPlace()
    {
        var policy = _isMarked ? NestedMutations.Save : _services.Options.NestedMutations;
        if (policy == NestedMutations.Ignore)
            return;
        Func<string, SessionValue, byte[]?> encode = policy == NestedMutations.Warn ? TryEncodeValue : EncodeValue;
        foreach (var (key, bytes, value) in _entries.ChangedInPlace(encode, _services.Serializer))
        {
            switch (policy)
            {
                case NestedMutations.Save:
                    Write(key, bytes, value);
                    break;
                case NestedMutations.Warn when value.IsReported:
                    break;
                case NestedMutations.Warn:
                    value.IsReported = true;
                    LogChangedInPlace(_services.Logger, key);
                    break;
                default:
                    throw new InvalidOperationException(
                        $"The session value of key '{key}' was changed in place and not saved. Set it again, or set Session.Modified = true.");
            }
        }
    }

    /// <summary>Deletes what was flushed. Nothing a later failure of the request takes back.</summary>
    internal async ValueTask DeleteFlushedAsync(CancellationToken cancellationToken)
    {
        if (_flushedId is not { } id)
            return;
        try
        {
            var outcome = await _store.DeleteAsync(_services.RecordId(id), cancellationToken);
            IsRetired |= outcome == SessionStoreOutcome.Retired;
            if (outcome == SessionStoreOutcome.Done)
                _services.Telemetry.OnSave(SessionTelemetry.Deleted);
        }
        catch
        {
            _services.Telemetry.OnSave(SessionTelemetry.Failed);
            throw;
        }

        _flushedId = null;
    }

    /// <summary>Drops what this request changed and has not saved: the request failed. A flush with nothing written after it stands.</summary>
    /// <param name="withFlush">The flush goes too: it could not be done, and the client hears so.</param>
    internal void Discard(bool withFlush = false)
    {
        if (IsEnded && !withFlush)
            return;
        if (_isFlushed && _flushedId is null)
        {
            ForgetRecord();   // the flush has taken effect already
            ForgetChanges();
            return;
        }

        StoredId = _isFlushed ? _flushedId : StoredId;
        _isLoaded = StoredId is null || _record is not null;
        _outage = null;
        _nextId = null;
        _entries = _record is null ? new SessionEntries()
            : IsReadable(_record, out var payload) ? new SessionEntries(_record, payload)
            : SessionEntries.Unreadable();
        _flushedId = null;
        _isFlushed = false;
        ForgetChanges();
    }

    private void Take(SessionStoreResult result)
    {
        switch (result.Outcome)
        {
            case SessionStoreOutcome.Done:
                Saved(result.Record!, _isRotated ? SessionTelemetry.Rotated : SessionTelemetry.Saved);
                break;
            case SessionStoreOutcome.Missing when _record is null:
                // Never loaded, only cleared or marked: the client brought an id that the store does not know. What was written
                // since, if anything, becomes a new session.
                IsUnknown = _isLoaded = true;
                StoredId = _nextId = null;
                break;
            case SessionStoreOutcome.Missing or SessionStoreOutcome.Retired when HasOwnerOnly:
                Interrupt();
                break;
            default:
                throw Interrupted();
        }
    }

    private async ValueTask<SessionStoreResult> RotateAsync(CancellationToken cancellationToken)
    {
        var (recordId, delta) = (RecordId, NewDelta());
        for (var attempt = 0; attempt < MaxIdAttempts; attempt++)
        {
            var newId = _nextId ?? _services.NewId();
            var result = await _store.RotateAsync(recordId, _services.RecordId(newId), delta, cancellationToken);
            _nextId = null;
            if (result.Outcome == SessionStoreOutcome.Done)
                StoredId = newId;
            if (result.Outcome != SessionStoreOutcome.IdTaken)
                return result;
        }

        throw NoFreeId();
    }

    private async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        if (IsSealed)
            throw TooLate("A write to a session that the store does not know");
        var record = NewDelta().Apply(null);
        for (var attempt = 0; attempt < MaxIdAttempts; attempt++)
        {
            var newId = _nextId ?? _services.NewId();
            _nextId = null;
            if (!await _store.CreateAsync(_services.RecordId(newId), record, cancellationToken))
                continue;
            StoredId = newId;
            _isFlushed = false;
            Saved(record, SessionTelemetry.Created);
            return;
        }

        throw NoFreeId();
    }

    private SessionDelta NewDelta() => new()
    {
        Base = _record,
        Cleared = _entries.IsCleared,
        Set = _entries.SetEntries(),
        Removed = _entries.RemovedKeys(),
        Expiry = _newExpiry,
        Now = _services.Time.GetUtcNow(),
        Lifetime = Lifetime,
        KeepsExpiry = !Renews,
        MaxPayloadBytes = _services.MaxPayloadBytes,
    };

    private void Saved(SessionRecord record, string outcome)
    {
        record.TryRead(out var payload);
        var isMerged = _record is not null && record.Version != _record.Version + 1;
        _services.Telemetry.OnSaved(outcome, isMerged, record.LoadedKeys is null ? payload.Size : record.TotalBytes);
        IsSaved = true;
        _record = record;
        _expiry = payload.Expiry;
        _entries.Saved(record, payload);
    }

    // The session is over for this request too: what it reads is empty, what it writes is interrupted. The cookie is left alone, for
    // the visitor may have another by now.
    private void Interrupt()
    {
        ForgetRecord();
        ForgetChanges();
        IsRetired = true;
    }

    private SessionInterruptedException Interrupted()
    {
        Interrupt();
        _services.Telemetry.OnSave(SessionTelemetry.Interrupted);
        return new SessionInterruptedException();
    }

    private static SessionStoreException NoFreeId() => new(
        $"The store refused {MaxIdAttempts} random session ids as taken, which chance does not explain: it answers CreateAsync or RotateAsync wrongly.");

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message =
        "The session value of key '{Key}' was changed in place and is not saved. Set it again, or set Session.Modified = true.")]
    private static partial void LogChangedInPlace(ILogger logger, string key);

    [LoggerMessage(EventId = 9, Level = LogLevel.Debug, Message =
        "A new session was not stored: its cookie is not essential, and the visitor has not consented to such cookies.")]
    private static partial void LogWithheld(ILogger logger);
}
