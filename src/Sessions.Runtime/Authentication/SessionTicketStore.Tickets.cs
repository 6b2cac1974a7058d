using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <content>What cookie authentication asks of it: a record a ticket.</content>
public sealed partial class SessionTicketStore : ITicketStore
{
    private const string Version = "v1t.";   // not a session's: no session cookie opens a ticket
    private const string TicketKey = "_ticket";
    private const string UserKey = "_user";
    private const int MaxIdAttempts = 3;

    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreAsync(ticket, cancellationToken);

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken) =>
        RenewAsync(key, ticket, cancellationToken);

    async Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var keys = TicketKeys.Of(httpContext);
        if (!keys.IsSigningIn)
        {
            await RenewAsync(keys.Current(key), ticket, cancellationToken);
            return;
        }

        // A sign-in over another one, or after its end: who knows the old key must not become who signs in now.
        var fresh = await StoreAsync(ticket, cancellationToken);
        await RemoveAsync(keys.Current(key), cancellationToken);
        keys.Replace(key, fresh);
    }

    Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key, CancellationToken cancellationToken) => RetrieveAsync(key, cancellationToken);

    async Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        try
        {
            return await RetrieveAsync(key, cancellationToken);
        }
        catch (SessionStoreUnavailableException exception) when (_services.Endpoints.Find(httpContext.GetEndpoint()).ServesEmpty)
        {
            LogServedAnonymous(_logger, exception);
            return null;   // the cookie stays
        }
    }

    Task ITicketStore.RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    Task ITicketStore.RemoveAsync(string key, CancellationToken cancellationToken) => RemoveAsync(key, cancellationToken);

    Task ITicketStore.RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RemoveAsync(TicketKeys.Of(httpContext).Current(key), cancellationToken);

    private async Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxIdAttempts; attempt++)
        {
            var key = _services.NewId();
            var handle = HandleFor(key);
            ticket.Properties.SetString(HandleItem, handle);
            var record = DeltaOf(ticket, current: null).Apply(null);

            // Listed first: whatever happens in between, a ticket that is stored can be found.
            await PutOnListAsync(ticket, handle, record, cancellationToken);
            if (await _services.Store.CreateAsync(RecordId(handle), record, cancellationToken))
                return key.Secret;
        }

        throw new SessionStoreException($"The store refused {MaxIdAttempts} random ids of authentication tickets as taken, which chance does not explain.");
    }

    private async Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        if (!SessionId.TryParse(key, out var id))
            return;
        var handle = HandleFor(id);
        if (await _services.Store.LoadAsync(RecordId(handle), cancellationToken) is not { } record)
            return;   // ended: it stays so
        var delta = DeltaOf(ticket, record);
        await PutOnListAsync(ticket, handle, delta.Apply(record), cancellationToken);
        await _services.Store.SaveAsync(RecordId(handle), delta, cancellationToken);
        if (UserOf(record) is { } user && user != ticket.Principal.UserId())
            await _index.RemoveAsync(user, [handle], cancellationToken);
    }

    private async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        if (!SessionId.TryParse(key, out var id)
            || await _services.Store.LoadAsync(RecordId(HandleFor(id)), cancellationToken) is not { } record)
            return null;
        try
        {
            if (SessionPayload.ParseOrEmpty(record.Payload).TryFind(TicketKey, out var bytes)
                && TicketSerializer.Default.Deserialize(SessionSerializers.WithoutTag(bytes.Span).ToArray()) is { } ticket)
                return ticket;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The serializer takes what it is given for whole.
        }

        LogUnreadable(_logger, id);
        return null;
    }

    private async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        if (!SessionId.TryParse(key, out var id))
            return;
        var handle = HandleFor(id);
        var record = await _services.Store.LoadAsync(RecordId(handle), cancellationToken);
        await _services.Store.DeleteAsync(RecordId(handle), cancellationToken);
        if (UserOf(record) is { } user)
            await _index.RemoveAsync(user, [handle], cancellationToken);
    }

    private async Task PutOnListAsync(AuthenticationTicket ticket, string handle, SessionRecord record, CancellationToken cancellationToken)
    {
        if (ticket.Principal.UserId() is not { } user)
            return;
        var sessions = await _index.PutAsync(user, new UserSession(handle, record.CreatedAt, record.ExpiresAt), cancellationToken);
        if (sessions.Count > MaxSessionsPerUser)
        {
            var others = sessions.Where(session => session.Handle != handle).OrderBy(session => session.CreatedAt);
            await EndAsync(user, others.Take(sessions.Count - MaxSessionsPerUser), cancellationToken);
        }
    }

    private SessionDelta DeltaOf(AuthenticationTicket ticket, SessionRecord? current)
    {
        var bytes = TicketSerializer.Default.Serialize(ticket);
        if (bytes.Length > _services.Options.MaxValueBytes)
        {
            throw new SessionTooLargeException(
                $"The authentication ticket takes {bytes.Length} bytes; {nameof(TypedSessionOptions)}.{nameof(TypedSessionOptions.MaxValueBytes)} allows {_services.Options.MaxValueBytes}.");
        }

        List<KeyValuePair<string, ReadOnlyMemory<byte>>> entries = [new(TicketKey, SessionSerializers.FromBytes(bytes))];
        if (ticket.Principal.UserId() is { } user)
            entries.Add(new(UserKey, SessionSerializers.FromBytes(Encoding.UTF8.GetBytes(user))));
        return new SessionDelta
        {
            Base = current,
            Cleared = true,
            Set = entries,
            Expiry = ticket.Properties.ExpiresUtc is { } at ? SessionExpiry.AtMoment(at) : SessionExpiry.Default,
            Now = _services.Time.GetUtcNow(),
            Lifetime = new SessionLifetime(_services.Options.CookieAge, AbsoluteTimeout: null),
        };
    }

    private static string? UserOf(SessionRecord? record) =>
        record is not null && SessionPayload.ParseOrEmpty(record.Payload).TryFind(UserKey, out var user)
            ? Encoding.UTF8.GetString(SessionSerializers.WithoutTag(user.Span))
            : null;

    private static string HandleFor(SessionId key) => key.Digest().Split('.')[1];

    private static string RecordId(string handle) => Version + handle;

    [LoggerMessage(EventId = 71, Level = LogLevel.Warning, Message =
        "The stored authentication ticket {SessionId} is damaged or of an unknown version; its user has to sign in again.")]
    private static partial void LogUnreadable(ILogger logger, SessionId sessionId);

    [LoggerMessage(EventId = 72, Level = LogLevel.Warning, Message =
        "The session store cannot be reached; the request is served as an anonymous visitor's.")]
    private static partial void LogServedAnonymous(ILogger logger, Exception exception);
}
