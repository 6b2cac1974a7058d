using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions;

/// <summary>The session of one request: from the cookie it brings to what is saved and answered.</summary>
internal sealed partial class SessionRequest : ISessionFeature
{
    private readonly HttpContext _context;
    private readonly SessionServices _services;
    private readonly SessionCookieHeader _cookie;
    private readonly bool _renewsAlways;
    private CookieSession? _client;   // null until the session is touched, and where a store keeps it
    private Session? _session;   // null until something touches it
    private ISession? _compatible;   // null until HttpContext.Session is asked for
    private bool _hasRun;
    private bool _isRenewed;
    private bool _isWatching;
    private SettledState? _settled;   // null until the decision has been taken once

    public SessionRequest(HttpContext context, SessionServices services)
    {
        _context = context;
        _services = services;
        _cookie = SessionCookieHeader.Read(context.Request.Headers.Cookie, services.Options.Cookie.Name!, services.Cookies is not null);
        _renewsAlways = services.Options.SaveEveryRequest && _cookie.IsWellFormed;
        if (_cookie.IsMalformed || _renewsAlways)
            WatchResponse();
    }

    /// <summary>The request has a cookie of the session's name, well-formed or not.</summary>
    public bool BringsCookie => _cookie.IsPresent;

    /// <summary>The middleware is on the stack.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>The session has to be settled before the response may start.</summary>
    public bool NeedsSettling => _isWatching && !HasStarted;

    public bool HasStarted => _context.Response.HasStarted;

    public Session Session => _session ?? Begin();

    /// <summary>What the endpoint says of its sessions. There is none before routing.</summary>
    public SessionEndpoint Endpoint => _services.Endpoints.Find(_context.GetEndpoint());

    ISession ISessionFeature.Session
    {
        get => _compatible ??= new CompatibleSession(this);
        set => _compatible = value;
    }

    /// <summary>Loads, for a shape that is being bound, what the endpoint's handler takes of the session.</summary>
    public ValueTask LoadForAsync<TShape>()
        where TShape : class, ISessionShape<TShape> => LoadKeysAsync(Endpoint.KeysFor<TShape>());

    /// <summary>Loads what the endpoint has to find loaded.</summary>
    public ValueTask LoadForAsync(SessionEndpoint endpoint) => endpoint.RequiresSession ? RequireAsync(endpoint)
        : endpoint.AreShapesInjected ? LoadKeysAsync(endpoint.Keys)
        : ValueTask.CompletedTask;

    /// <summary>The pipeline runs. Where an exception handler or a status-code page runs it again, what the first run did not save is dropped.</summary>
    public void Start(SessionEndpoint endpoint, IServiceScopeFactory scopes)
    {
        if (_hasRun)
            _session?.Discard();
        _hasRun = IsRunning = true;
        _context.Features.Set<ISessionFeature>(this);
        TellServices(scopes);
        if (endpoint.IsHub)
            CurrentSession.Flow(this);
    }

    public void Stop()
    {
        IsRunning = false;
        _context.Features.Set<ISessionFeature>(null);   // as the framework's own middleware does
        LeaveServices();
    }

    private async ValueTask RequireAsync(SessionEndpoint endpoint)
    {
        await Session.LoadAsync(_context.RequestAborted);
        if (endpoint.IsHub)
            SessionSnapshot.Keep(_context, Session.Snapshot());
    }

    private ValueTask LoadKeysAsync(IReadOnlyCollection<string>? keys) =>
        keys is null ? Session.LoadAsync(_context.RequestAborted) : Session.LoadAsync(keys, _context.RequestAborted);

    private Session Begin()
    {
        _client = _services.Cookies is { } cookies ? new CookieSession(cookies, _context, _cookie) : null;
        _session = new Session(_services, _cookie.Id, _client, Endpoint)
        {
            IsWithheld = _services.Options.Cookie.IsEssential ? null : LacksConsent,
            CurrentUser = _services.Options.SignInSchemes is null ? null : CurrentUser,
        };
        if (HasStarted)
            Seal(_session);
        else
            WatchResponse();
        return _session;
    }

    private bool LacksConsent() => _context.Features.Get<ITrackingConsentFeature>() is { CanTrack: false };

    private void WatchResponse()
    {
        if (_isWatching)
            return;
        _isWatching = true;
        _context.Response.OnStarting(static state => ((SessionRequest)state).OnStartingAsync(), this);
    }
}
