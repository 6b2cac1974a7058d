using Microsoft.Extensions.Logging;

namespace Sessions;

/// <content>From the store to what this request reads.</content>
public sealed partial class Session
{
    /// <summary>Loads the session if it is not loaded. Not an access by itself.</summary>
    public async ValueTask LoadAsync(CancellationToken cancellationToken = default)
    {
        if (!_isLoaded)
            Accept(await _store.LoadAsync(RecordId, cancellationToken));
        else if (!_entries.IsWhole)
            Complete(await _store.LoadAsync(RecordId, cancellationToken));
    }

    /// <summary>Loads what these keys need. Any other key is loaded, with all the rest, when it is touched.</summary>
    internal async ValueTask LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (!_isLoaded)
            Accept(await _store.LoadPartAsync(RecordId, keys, cancellationToken));
        else if (!keys.All(_entries.Covers))
            await LoadAsync(cancellationToken);
    }

    private string RecordId => _services.RecordId(_id!.Value);

    private void Access()
    {
        Accessed = true;
        if (!_isLoaded)
            Accept(_store.Load(RecordId));
    }

    private void AccessAll()
    {
        Access();
        if (!_entries.IsWhole)
            Complete();
    }

    private void Access(string key)
    {
        Access();
        if (!_entries.Covers(key))
            Complete();
    }

    private void Complete() => Complete(_store.Load(RecordId));

    private void Accept(SessionRecord? record)
    {
        _isLoaded = true;
        if (record is { IsRetired: false } && IsLive(record))
        {
            _entries = TryTake(record, out var payload) ? new SessionEntries(record, payload) : SessionEntries.Unreadable();
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

        if (SessionPayload.TryParse(record.Payload, out _))
            LogForeign(_services.Logger, _id.GetValueOrDefault());
        else
            LogUnreadable(_services.Logger, _id.GetValueOrDefault());
        return false;
    }

    private bool IsReadable(SessionRecord record, out SessionPayload payload) =>
        SessionPayload.TryParse(record.Payload, out payload) && _services.Serializer.CanRead(payload);

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
}
