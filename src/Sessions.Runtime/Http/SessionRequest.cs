using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sessions;

/// <summary>The session of one request: from the cookie it brings to what is saved and answered.</summary>
internal sealed partial class SessionRequest
{
    private enum CookieAction
    {
        None,
        Set,
        Delete,
    }

    private readonly HttpContext _context;
    private readonly SessionServices _services;
    private readonly SessionCookieHeader _cookie;
    private Session? _session;   // null until something touches it
    private CookieAction _cookieAction;
    private bool _isWatching;

    public SessionRequest(HttpContext context, SessionServices services)
    {
        _context = context;
        _services = services;
        _cookie = SessionCookieHeader.Read(context.Request.Headers.Cookie, services.Options.Cookie.Name!);
        if (_cookie.IsMalformed || (services.Options.SaveEveryRequest && _cookie.IsWellFormed))
            WatchResponse();
    }

    /// <summary>The middleware is on the stack.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The session, or nothing that could matter to the response, has been touched.</summary>
    public bool IsSettled => !_isWatching || HasStarted;

    public bool HasStarted => _context.Response.HasStarted;

    public Session Session => _session ?? Begin();

    /// <summary>An exception handler or a status-code page runs the pipeline again: what the first run did not save is dropped.</summary>
    public void Restart() => _session?.Discard();

    /// <summary>The decision, before the headers go: what is stored and what the client gets. The first arm that holds.</summary>
    public async ValueTask SettleAsync()
    {
        var aborted = _context.RequestAborted;
        var failed = _context.Response.StatusCode >= StatusCodes.Status500InternalServerError;
        if (_session is { IsEnded: true } ended)
        {
            await ended.DeleteFlushedAsync(aborted);
            if ((_cookie.IsPresent || _cookieAction == CookieAction.Set) && !ended.IsRetired)
                _cookieAction = CookieAction.Delete;
        }
        else if (failed)
        {
            _session?.Discard();
        }
        else if (_session is not null && HasChanges(_session))
        {
            await _session.CommitAsync(aborted);
            _cookieAction = _session.IsNew ? CookieAction.Delete : CookieAction.Set;
        }
        else if (_cookieAction == CookieAction.None && _services.Options.SaveEveryRequest && _cookie.IsWellFormed
            && await Session.RenewAsync(aborted))
        {
            _cookieAction = CookieAction.Set;
        }
        else if (_cookieAction == CookieAction.None && (_cookie.IsMalformed || _session is { IsUnknown: true }))
        {
            _cookieAction = CookieAction.Delete;
        }

        WriteHeaders();
    }

    /// <summary>The pipeline has returned.</summary>
    public async ValueTask CompleteAsync(bool hasBody)
    {
        if (HasStarted)
            await SaveLateAsync();
        else if (_isWatching && (hasBody || !StatusCodePageFollows()))
            await SettleAsync();
    }

    /// <summary>The pipeline threw: a sign-out stands, everything else is dropped.</summary>
    public async ValueTask FailAsync()
    {
        if (_session is null)
            return;
        try
        {
            if (_session.IsEnded)
                await _session.DeleteFlushedAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFlushFailed(_services.Logger, exception);   // the error that brought us here goes on
        }

        _session.Discard();
    }

    private static bool HasChanges(Session session)
    {
        session.SettleChangesInPlace();
        return session.NeedsSave;
    }

    private Session Begin()
    {
        _session = new Session(_services, _cookie.Id) { IsSealed = HasStarted };
        if (!_session.IsSealed)
            WatchResponse();
        return _session;
    }

    private void WatchResponse()
    {
        if (_isWatching)
            return;
        _isWatching = true;
        _context.Response.OnStarting(static state => ((SessionRequest)state).OnStartingAsync(), this);
    }

    // The last moment for headers. What was written to the body has been settled before; what had no body, or bypassed it, is now.
    private async Task OnStartingAsync()
    {
        await SettleAsync();
        if (_session is not null)
            _session.IsSealed = true;
    }

    // Repeatable: caches around this middleware look at the headers before the server does, error pages clear them.
    private void WriteHeaders()
    {
        var cookie = new SessionCookie(_context, _services.Options.Cookie);
        if (_cookieAction == CookieAction.Set && _session?.Id is { } id)
            cookie.Set(id, _session.CookieMaxAge(), _services.Time.GetUtcNow());
        else if (_cookieAction == CookieAction.Delete)
            cookie.Delete();
        if (_cookieAction != CookieAction.None || _session is { Accessed: true })
            cookie.Vary();
    }

    private async ValueTask SaveLateAsync()
    {
        if (_session is null)
            return;
        try
        {
            await _session.SaveAsync(_context.RequestAborted);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogLateSaveFailed(_services.Logger, exception);
            _context.Abort();
        }
    }

    // The status-code middleware around this one will answer, and may run the pipeline again; it looks at the same things.
    private bool StatusCodePageFollows() => _context.Features.Get<IStatusCodePagesFeature>() is { Enabled: true }
        && _context.Response is { StatusCode: >= 400 and < 600, ContentLength: null } response
        && string.IsNullOrEmpty(response.ContentType);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message =
        "A session that was changed after the response had started could not be saved; the connection is aborted.")]
    private static partial void LogLateSaveFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "A session that was flushed by a request that failed could not be deleted.")]
    private static partial void LogFlushFailed(ILogger logger, Exception exception);
}
