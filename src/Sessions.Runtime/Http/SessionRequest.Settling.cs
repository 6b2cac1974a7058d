using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Sessions;

/// <content>What is stored, and what the client gets.</content>
internal sealed partial class SessionRequest
{
    private bool IsRenewalDue => !_isRenewed && !HasFailed && _session is not ({ IsSaved: true } or { IsEnded: true })
        && (_renewsAlways ? Session.Renews : _services.Options.SlidingExpiration && _session is { IsRenewalDue: true });

    // An upgraded connection, by HTTP/1.1 or HTTP/2, and every transport of a hub, live on for hours after their response has begun.
    private bool IsConnection => _context.Response.StatusCode == StatusCodes.Status101SwitchingProtocols
        || HttpMethods.IsConnect(_context.Request.Method)
        || Endpoint.IsHub;

    private bool HasFailed => _context.Response.StatusCode >= StatusCodes.Status500InternalServerError;

    /// <summary>
    /// The decision, before the headers go: what is stored and what the client gets. The first arm that holds. What a client that has
    /// gone away wrote is stored all the same. Repeatable until the response starts.
    /// </summary>
    public async ValueTask SettleAsync()
    {
        if (_session is { IsEnded: true })
            await _session.DeleteFlushedAsync(CancellationToken.None);
        else if (HasFailed)
            _session?.Discard();
        else if (_session is not null)
            await _session.SaveAsync(CancellationToken.None);

        if (IsRenewalDue)
            _isRenewed = await Session.RenewAsync(CancellationToken.None);
        WriteHeaders();
        _settled = CurrentState();
    }

    /// <summary>What caches around this middleware must know of a response that starts unsettled.</summary>
    public void Announce()
    {
        if (!NeedsSettling)
            return;
        var cookie = new SessionCookie(_context, _services);
        if (_session is { Accessed: true })
            cookie.Vary();
        if (_cookie.IsMalformed || IsRenewalDue || _session is { Modified: true } or { IsUnknown: true })
            cookie.ForbidCaching();
    }

    /// <summary>The pipeline has returned.</summary>
    public ValueTask CompleteAsync(bool hasBody)
    {
        if (HasStarted)
            return _session is { ReadOnlyReason: null } session ? SaveLateAsync(session) : ValueTask.CompletedTask;
        return _isWatching && (hasBody || !StatusCodePageFollows()) ? SettleAsync() : ValueTask.CompletedTask;
    }

    /// <summary>The pipeline threw: a sign-out stands, everything else is dropped.</summary>
    public async ValueTask FailAsync()
    {
        if (_session is null)
            return;
        var isFlushed = true;
        try
        {
            if (_session.IsEnded)
                await _session.DeleteFlushedAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFlushFailed(_services.Logger, exception);   // the error that brought us here goes on
            isFlushed = false;
        }

        _session.Discard(withFlush: !isFlushed);
        if (HasStarted)
            _session.ReadOnlyReason ??= SessionSnapshot.RequestIsOver;
    }

    // The last moment for headers. What was written to the body has been settled before; what had no body, or bypassed it, is now.
    private async Task OnStartingAsync()
    {
        if (_settled != CurrentState())
            await SettleAsync();
        if (_session is not null)
            Seal(_session);
    }

    // The headers have gone.
    private void Seal(Session session)
    {
        session.IsSealed = true;
        session.ReadOnlyReason = IsConnection ? SessionSnapshot.OfConnection : IsRunning ? null : SessionSnapshot.RequestIsOver;
    }

    private SettledState CurrentState()
    {
        var headers = _context.Response.Headers;
        return new(_context.Response.StatusCode, _session is { Accessed: true }, _session is { Modified: true }, headers.SetCookie, headers.Vary, headers.CacheControl);
    }

    // Early as well as late: caches around this middleware look at the headers before the server does, error pages clear them.
    private void WriteHeaders()
    {
        var cookie = new SessionCookie(_context, _services);
        if (_session is { IsEnded: true })
        {
            if ((_cookie.IsPresent || _session.IsSaved) && !_session.IsRetired)
                cookie.Delete();
        }
        else if ((_session is { IsSaved: true } || _isRenewed) && _session?.StoredId is { } id)
        {
            cookie.Set(id, _client?.Issued, _session.CookieMaxAge());
        }
        else if (!HasFailed && (_cookie.IsMalformed || _session is { IsUnknown: true }))
        {
            cookie.Delete();
        }
        else if (_session is not { Accessed: true })
        {
            return;
        }

        cookie.Vary();
    }

    private async ValueTask SaveLateAsync(Session session)
    {
        try
        {
            if (HasFailed)
                session.Discard();
            await session.SaveAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogLateSaveFailed(_services.Logger, exception);
            _context.Abort();
        }

        session.ReadOnlyReason = SessionSnapshot.RequestIsOver;
    }

    // The status-code middleware around this one will answer, and may run the pipeline again; it looks at the same things.
    private bool StatusCodePageFollows() => _context.Features.Get<IStatusCodePagesFeature>() is { Enabled: true }
        && _context.Response is { StatusCode: >= 400 and < 600, ContentLength: null } response
        && string.IsNullOrEmpty(response.ContentType);

    // What a decision depends on, and what it wrote.
    private readonly record struct SettledState(
        int StatusCode, bool IsAccessed, bool IsModified, StringValues SetCookie, StringValues Vary, StringValues CacheControl);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message =
        "A session that was changed after the response had started could not be saved; the connection is aborted.")]
    private static partial void LogLateSaveFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "A session that was flushed by a request that failed could not be deleted.")]
    private static partial void LogFlushFailed(ILogger logger, Exception exception);
}
