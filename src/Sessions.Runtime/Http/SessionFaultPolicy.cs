namespace Sessions;

/// <summary>What an endpoint does when the store of the sessions cannot be reached.</summary>
public enum SessionFaultPolicy
{
    /// <summary>The request fails with <see cref="SessionStoreUnavailableException"/>: 503, unless the application's error handling answers.</summary>
    Fail,

    /// <summary>
    /// The endpoint is served with an empty session, and a write to it throws <see cref="SessionStoreUnavailableException"/>. The client
    /// keeps its cookie. Where sign-ins are in the session store (<c>AddTicketStore()</c>), the visitor is anonymous, if routing runs before
    /// authentication, as <c>WebApplication</c> has it. For pages that are worth showing to a visitor who is not recognised.
    /// </summary>
    ReadOnlyEmpty,
}
