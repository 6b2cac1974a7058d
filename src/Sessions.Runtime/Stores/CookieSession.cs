using Microsoft.AspNetCore.Http;

namespace Sessions;

/// <summary>The store of one request whose session its client keeps: it reads what the request brought, and holds what the answer gives.</summary>
internal sealed class CookieSession(CookieSessionStore store, HttpContext context, SessionCookieHeader cookie) : ISessionStore
{
    private bool _isRead;
    private SessionRecord? _record;   // null: the request brought none, or what it brought does not open

    /// <summary>What the client is to keep, without the id before it; null when nothing was saved.</summary>
    public string? Issued { get; private set; }

    public SessionRecord? Load(string id) => Read(id);

    public ValueTask<SessionRecord?> LoadAsync(string id, CancellationToken cancellationToken = default) => new(Read(id));

    public ValueTask<bool> CreateAsync(string id, SessionRecord record, CancellationToken cancellationToken = default)
    {
        Issue(id, record);
        return new(true);
    }

    public ValueTask<SessionStoreResult> SaveAsync(string id, SessionDelta delta, CancellationToken cancellationToken = default) =>
        RotateAsync(id, id, delta, cancellationToken);

    public ValueTask<SessionStoreResult> RenewAsync(
        string id, long version, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        if (Read(id) is not { } current)
            return new(new SessionStoreResult(SessionStoreOutcome.Missing));
        Issue(id, current.WithExpiresAt(expiresAt));
        return new(new SessionStoreResult(SessionStoreOutcome.Done));
    }

    public ValueTask<SessionStoreResult> RotateAsync(
        string id, string newId, SessionDelta delta, CancellationToken cancellationToken = default)
    {
        if (Read(id) is not { } current)
            return new(new SessionStoreResult(SessionStoreOutcome.Missing));
        var saved = delta.Apply(current);
        Issue(newId, saved);
        return new(SessionStoreResult.Done(saved));
    }

    public ValueTask<SessionStoreOutcome> DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLate();
        var outcome = SessionRecord.OutcomeOf(Read(id));
        _record = null;
        Issued = null;
        return new(outcome);
    }

    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) => new(Read(id) is not null);

    public ValueTask<long> ClearExpiredAsync(IProgress<long>? progress = null, CancellationToken cancellationToken = default) => new(0L);

    private SessionRecord? Read(string id)
    {
        if (!_isRead)
        {
            _isRead = true;
            _record = CookieChunks.Join(store, context.Request.Headers.Cookie, cookie.Data) is { } text ? CookieSessionFormat.Decode(store, id, text) : null;
        }

        return _record;
    }

    private void Issue(string id, SessionRecord record)
    {
        ThrowIfTooLate();
        var text = CookieSessionFormat.Encode(store, id, record);
        if (CookieChunks.CountOf(store, text) > store.MaxCookies)
        {
            throw new SessionTooLargeException(
                $"The session would take {CookieChunks.CountOf(store, text)} cookies; {nameof(CookieSessionStoreOptions)}.{nameof(CookieSessionStoreOptions.MaxCookies)} allows {store.MaxCookies}. Store less, or choose a store on the server.");
        }

        (_isRead, _record, Issued) = (true, record, text);
    }

    private void ThrowIfTooLate()
    {
        if (context.Response.HasStarted)
            throw new InvalidOperationException("A session that is kept in cookies was changed or ended after the response's headers had gone: that cannot reach the client.");
    }
}
