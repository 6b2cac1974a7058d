namespace Sessions;

/// <content>Expiry and the test cookie.</content>
public sealed partial class Session
{
    private const string TestCookieKey = "testcookie";
    private const string TestCookieValue = "worked";

    /// <summary>Whether the cookie lasts until the browser closes.</summary>
    public bool ExpiresAtBrowserClose => ClosesWithBrowser(Expiry);

    /// <summary>Whether the visitor's browser brought back what <see cref="SetTestCookie"/> set.</summary>
    public bool TestCookieWorked => TryReadUntyped(TestCookieKey, out var value) && value is TestCookieValue;

    private SessionExpiry Expiry
    {
        get
        {
            Access();
            return CurrentExpiry;
        }
    }

    // Where it is saved or renewed counts.
    private SessionLifetime Lifetime => _endpoint.Idle is { } own ? _services.Lifetime with { CookieAge = own } : _services.Lifetime;

    /// <summary>Whether requests to this endpoint prolong the session.</summary>
    internal bool Renews => _endpoint.Renews;

    /// <summary>Whether so much of the session's time has passed that its renewal is worth a write.</summary>
    internal bool IsRenewalDue
    {
        get
        {
            if (!Renews || _record is null)
                return false;
            var now = _services.Time.GetUtcNow();
            var renewed = ExpiresAt(CurrentExpiry, now);
            return renewed - _record.ExpiresAt > (renewed - now) * _services.Options.RenewalThreshold;
        }
    }

    // Without access: for the cookie of a session that is saved anyway.
    private SessionExpiry CurrentExpiry => _newExpiry ?? _expiry;

    /// <summary>Lets the session expire this long after its last save.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="idle"/> is zero or negative.</exception>
    public void SetExpiry(TimeSpan idle) => SetExpiry(SessionExpiry.AfterIdle(idle));

    /// <summary>Lets the session expire at a fixed moment. A moment that has passed ends it, as <see cref="Flush"/> does.</summary>
    public void SetExpiry(DateTimeOffset at)
    {
        if (at <= _services.Time.GetUtcNow())
            Flush();
        else
            SetExpiry(SessionExpiry.AtMoment(at));
    }

    /// <summary>Lets the cookie last until the browser closes.</summary>
    public void SetExpiryAtBrowserClose() => SetExpiry(SessionExpiry.BrowserClose);

    /// <summary>Goes back to the expiry of the application's options.</summary>
    public void ResetExpiry()
    {
        if (Expiry.Kind != SessionExpiryKind.Default || (StoredId is not null && _record is null))
            SetExpiry(SessionExpiry.Default);
    }

    /// <summary>How long the session will live if it is saved now.</summary>
    public TimeSpan GetExpiryAge()
    {
        var now = _services.Time.GetUtcNow();
        return ExpiresAt(Expiry, now) - now;
    }

    /// <summary>When the session will expire if it is saved now.</summary>
    public DateTimeOffset GetExpiryDate() => GetExpiryDate(Expiry);

    /// <summary>Sets an entry that a later request looks for, to learn whether the browser takes cookies.</summary>
    public void SetTestCookie() => Set(TestCookieKey, TestCookieValue);

    /// <summary>Removes the test entry.</summary>
    /// <exception cref="KeyNotFoundException">It was not set.</exception>
    public void DeleteTestCookie()
    {
        if (!Remove(TestCookieKey))
            throw Missing(TestCookieKey);
    }

    /// <summary>Renews the expiry of a live session. False when there is none.</summary>
    internal async ValueTask<bool> RenewAsync(CancellationToken cancellationToken)
    {
        if (!_isLoaded)
            await LoadAsync(cancellationToken);
        if (StoredId is null || _record is null)
            return false;
        try
        {
            var result = await _store.RenewAsync(RecordId, _record.Version, GetExpiryDate(CurrentExpiry), cancellationToken);
            if (result.Outcome != SessionStoreOutcome.Done)
                return false;
            _services.Telemetry.OnSave(SessionTelemetry.Renewed);
            return true;
        }
        catch (Exception exception)
        {
            _services.Telemetry.OnSave(SessionTelemetry.Failed);
            if (!_endpoint.ServesEmpty || exception is not SessionStoreUnavailableException outage)
                throw;
            DoWithout(outage);
            return false;
        }
    }

    /// <summary>How long the cookie lasts; null: until the browser closes.</summary>
    internal TimeSpan? CookieMaxAge()
    {
        if (ClosesWithBrowser(CurrentExpiry))
            return null;
        var now = _services.Time.GetUtcNow();
        return (Renews || _record is null ? ExpiresAt(CurrentExpiry, now) : _record.ExpiresAt) - now;
    }

    private bool ClosesWithBrowser(SessionExpiry expiry) => expiry.Kind switch
    {
        SessionExpiryKind.Default => _services.Options.ExpireAtBrowserClose,
        SessionExpiryKind.BrowserClose => true,
        _ => false,
    };

    private void SetExpiry(SessionExpiry expiry)
    {
        AccessToChange();
        _newExpiry = expiry;
        _isModified = true;
    }

    private DateTimeOffset ExpiresAt(SessionExpiry expiry, DateTimeOffset now) =>
        Lifetime.ExpiresAt(expiry, _record?.CreatedAt ?? now, now);

    private DateTimeOffset GetExpiryDate(SessionExpiry expiry) => ExpiresAt(expiry, _services.Time.GetUtcNow());
}
