using System.Diagnostics;

namespace Sessions;

/// <summary>
/// The visitor's session: a dictionary that is kept between requests. Reading never creates one; the first write does.
/// It belongs to one request and is not for use by several threads at once. When the request is over, and on a connection that outlives its
/// response's start (a WebSocket, a hub, an interactive circuit), it can be read only: every write is an <see cref="InvalidOperationException"/>.
/// </summary>
/// <remarks>
/// Values are encoded when they are set and decoded when they are read, each once. A value that is changed in place is saved only
/// if it is set again or <see cref="Modified"/> is set to <see langword="true"/>.
/// </remarks>
[DebuggerDisplay("{DebuggerDisplay,nq}")]
[DebuggerTypeProxy(typeof(SessionDebugView))]
public sealed partial class Session
{
    private readonly SessionServices _services;
    private readonly ISessionStore _store;
    private readonly SessionEndpoint _endpoint;

    private SessionEntries _entries = new();
    private string? _recordId;           // the name under which the store knows StoredId; null until it is needed
    private SessionId? _nextId;          // of the record that the next save makes; null until someone asks
    private SessionId? _flushedId;       // of the record that Flush will delete; null: none
    private SessionRecord? _record;      // as loaded or last saved; null: none, or not loaded
    private SessionExpiry _expiry;       // as stored
    private SessionExpiry? _newExpiry;   // set by this request; null: unchanged
    private bool _isLoaded;
    private bool _isFlushed;
    private bool _isRotated;
    private bool _isModified;
    private bool _isMarked;              // Modified = true was assigned: values changed in place count
    private Exception? _outage;          // why the session is empty and cannot be written; null: it can

    /// <param name="services">What the application's sessions share.</param>
    /// <param name="id">As the client brought it; null for a new session.</param>
    /// <param name="store">The store of this request alone; null for the application's.</param>
    /// <param name="endpoint">What the endpoint of the request says; null for nothing.</param>
    internal Session(SessionServices services, SessionId? id, ISessionStore? store = null, SessionEndpoint? endpoint = null)
    {
        _endpoint = endpoint ?? SessionEndpoint.None;
        _services = services;
        _store = store ?? services.Store;
        StoredId = id;
        _isLoaded = id is null;
    }

    /// <summary>A session over a record, to read what it holds.</summary>
    internal static Session View(SessionServices services, SessionRecord record)
    {
        var view = new Session(services, id: null);
        view.Accept(record);
        return view;
    }

    /// <summary>The session's id: null until the session has been, or is about to be, stored. After <see cref="CycleId"/> the new one.</summary>
    public SessionId? Id => StoredId is not null && !_isRotated ? StoredId
        : StoredId is not null || _entries.Any ? _nextId ??= _services.NewId()
        : null;

    /// <summary>Whether nothing is stored for this session yet. Does not load.</summary>
    public bool IsNew => StoredId is null;

    /// <summary>Whether the entries have been read from the store, or there is nothing to read.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>Whether the session has neither a live id nor an entry. Does not load.</summary>
    public bool IsEmpty => StoredId is null && !_entries.Any;

    /// <summary>Whether anything was read or written, so that the response varies by the cookie.</summary>
    public bool Accessed { get; private set; }

    /// <summary>
    /// Whether the session will be saved at the end of the request. Assign <see langword="true"/> after changing a value in place: every
    /// value that was read or set is then encoded again, and those that changed are saved. <see langword="false"/> saves nothing.
    /// </summary>
    public bool Modified
    {
        get => _isModified;
        set
        {
            if (value)
                ThrowIfReadOnly();
            _isModified = _isMarked = value;
            _isRotated &= value;   // a rotation that will not be saved gives no id
        }
    }

    /// <summary>A retired id was presented: the session was rotated away from it by another request.</summary>
    internal bool IsRetired { get; private set; }

    /// <summary>An id was presented that the store does not know.</summary>
    internal bool IsUnknown { get; private set; }

    /// <summary>The store could not be reached, and the request is served with an empty session.</summary>
    internal bool IsServedEmpty => _outage is not null;

    /// <summary>Ended by <see cref="Flush"/>, with nothing written after it.</summary>
    internal bool IsEnded => _isFlushed && !_entries.Any;

    /// <summary>The response's headers have gone: the client can no longer be given an id.</summary>
    internal bool IsSealed { get; set; }

    /// <summary>Why nothing that is written will be saved; null while it will.</summary>
    internal string? ReadOnlyReason { get; set; }

    /// <summary>Asks whether the client takes no cookie for want of consent, so that it cannot be given an id; null: it always can.</summary>
    internal Func<bool>? IsWithheld { get; init; }

    /// <summary>Asks who is signed in, so that a session which is saved is somebody's; null where that does not matter.</summary>
    internal Func<string?>? CurrentUser { get; init; }

    /// <summary>Something was stored during this request.</summary>
    internal bool IsSaved { get; private set; }

    /// <summary>The id under which the session is stored, as far as this request knows; null when it is not.</summary>
    internal SessionId? StoredId
    {
        get;
        private set
        {
            field = value;
            _recordId = null;
        }
    }

    private string DebuggerDisplay => $"{Id?.ToString() ?? "(new)"}, {(_isLoaded ? "loaded" : "not loaded")}";

    /// <summary>
    /// Gives the session a new id and keeps its data. The old id is dead once saved. Do this whenever the visitor's rights change, at
    /// sign-in above all.
    /// </summary>
    /// <exception cref="InvalidOperationException">The response's headers have already gone.</exception>
    public void CycleId()
    {
        ThrowIfReadOnly();
        if (IsSealed)
            throw TooLate("CycleId");
        AccessToChange();
        _isRotated = StoredId is not null;
        _nextId = null;
        _isModified = true;
    }

    /// <summary>
    /// Ends the session: its data, its record and its cookie go. A write after it begins a new session with a new id. Do this at sign-out.
    /// </summary>
    public void Flush()
    {
        ThrowIfReadOnly();
        Accessed = true;
        _flushedId ??= StoredId;
        _isFlushed = true;
        ForgetRecord();
        ForgetChanges();
        _isModified = true;
    }

    /// <summary>Empties the session and keeps its record and its cookie. Does not load: what other requests stored meanwhile goes too.</summary>
    public void Clear()
    {
        ThrowIfReadOnly();
        Accessed = true;
        _isLoaded = true;
        _entries.Clear();
        _isModified = true;
    }

    private void ForgetRecord()
    {
        StoredId = _nextId = null;
        _record = null;
        _expiry = default;
        _entries = new SessionEntries();
        _isLoaded = true;
    }

    private void ForgetChanges()
    {
        _newExpiry = null;
        _isRotated = _isModified = _isMarked = false;
    }

    private void AccessToChange(string? key = null)
    {
        ThrowIfReadOnly();
        if (key is null)
            Access();
        else
            Access(key);
        ThrowIfReadOnly();
    }

    private void ThrowIfReadOnly()
    {
        if (ReadOnlyReason is not null)
            throw new InvalidOperationException(ReadOnlyReason);
        if (_outage is not null)
            throw new SessionStoreUnavailableException("The session cannot be written: its store cannot be reached, and the endpoint is served with an empty session.", _outage);
    }

    private static InvalidOperationException TooLate(string what) => new(
        $"{what} came after the response's headers had gone, when the client can no longer be given a session id. Do it before the response starts.");
}
